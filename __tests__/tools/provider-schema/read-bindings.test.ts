import { readBindings } from '../../../tools/provider-schema/read-bindings';

/** A module of the bindings, with a block in a block, and one that can only be read. */
const MODULE = `
function thingStatusToTerraform(struct) {
    return {};
}
function thingRuleFilterToTerraform(struct) {
    return {
        prefix: cdktn.stringToTerraform(struct.prefix),
    };
}
function thingRuleToTerraform(struct) {
    if (!cdktn.canInspect(struct)) {
        return struct;
    }
    return {
        days: cdktn.numberToTerraform(struct.days),
        filter: cdktn.listMapper(thingRuleFilterToTerraform, true)(struct.filter),
    };
}
class ThingRuleOutputReference extends cdktn.ComplexObject {
    // days - computed: true, optional: true, required: false
    // filter - computed: false, optional: true, required: false
}
class Thing extends cdktn.TerraformResource {
    static tfResourceType = "aws_thing";
    // arn - computed: true, optional: false, required: false
    // name - computed: false, optional: false, required: true
    synthesizeAttributes() {
        return {
            name: cdktn.stringToTerraform(this._name),
            rule: cdktn.listMapper(thingRuleToTerraform, true)(this._rule.internalValue),
        };
    }
}
`;

describe('the schema of a resource', () => {
  it('has what can be set, what AWS fills in, what can only be read, and blocks in blocks', () => {
    expect(readBindings(MODULE)).toEqual({
      type: 'aws_thing',
      schema: {
        arn: 'read-only',
        name: 'settable',
        rule: { days: 'filled', filter: { prefix: 'settable' } },
      },
    });
  });

  it.each([
    [
      'that is about no resource',
      'static tfResourceType',
      'static other',
      'The module is not about a resource',
    ],
    ['with a line of another form', 'name: cdktn', '...cdktn', 'Cannot read the line'],
    [
      'that lacks a block',
      'function thingRuleToTerraform',
      'function other',
      'has no function thingRuleToTerraform',
    ],
  ])('is not made up from a module %s', (_which, from, to, message) => {
    expect(() => readBindings(MODULE.replace(from, to))).toThrow(message);
  });
});
