import { html, truncate } from '../../../../../handlers/summarize-run/output/page/html';

describe('the html template', () => {
  it('escapes every value, in text and in attributes', () => {
    const evil = `<script>alert("1")</script>'\``;
    const { text } = html`<p title="${evil}">${evil}</p>`;
    expect(text).not.toMatch(/<script|"1"|[`']/);
    expect(text).toContain('&#60;script&#62;');
  });

  it('does not escape HTML, even in lists, and removes indentation', () => {
    expect(
      html`<ul>
        ${[html`<li>a</li>`, '<b>']}
      </ul>`.text,
    ).toBe('<ul> <li>a</li>&#60;b&#62; </ul>');
  });

  it('writes nothing for undefined', () => {
    expect(html`<p>${undefined}</p>`.text).toBe('<p></p>');
  });

  it('truncates only long text', () => {
    expect(truncate('abcdef', 6)).toBe('abcdef');
    expect(truncate('abcdefg', 6)).toBe('abcde…');
  });
});
