/** The organization of the AWS configuration of a shell, behind an endpoint of its own. */
import { credentialVariables } from '../../../local/fake-aws/credentials';
import { LocalEndpoint, servicesOf } from '../../../local/fake-aws/server';
import { type Service, ServiceError } from '../../../local/fake-aws/service';
import { awsSource } from '../../../local/source/aws-source';
import { organizationOf, temporaryFolder } from '../../../tools/support/embedded';

const { folder, remove } = temporaryFolder();
const organization = organizationOf({ partition: 'aws-us-gov' });
const before = { ...process.env };
/** Region and service of every signature. */
const scopes: string[] = [];
let endpoint: LocalEndpoint;
let isKnown = true;

const recorded =
  (serve: Service): Service =>
  (request) => {
    scopes.push(/\/([^/]+\/[^/]+)\/aws4_request/.exec(request.headers.authorization ?? '')?.[1] ?? '');
    if (!isKnown) throw new ServiceError(403, 'InvalidClientTokenId', 'The security token is invalid');
    return serve(request);
  };

beforeAll(async () => {
  const services = Object.entries(servicesOf(organization, folder));
  endpoint = await LocalEndpoint.start(
    Object.fromEntries(services.map(([name, serve]) => [name, recorded(serve)])),
  );
});
afterAll(async () => {
  await endpoint.stop();
  process.env = before;
  remove();
});

/** The organization for a shell with these variables, and an environment in us-east-1. */
async function sourceOf(variables: Record<string, string>) {
  scopes.length = 0;
  const others = Object.entries(before).filter(([name]) => !/^AWS_|proxy$/i.test(name));
  process.env = {
    ...Object.fromEntries(others),
    AWS_ENDPOINT_URL: endpoint.url,
    ...credentialVariables(),
    AWS_CONFIG_FILE: '/nowhere',
    AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
    ...variables,
  };
  const source = await awsSource(folder, undefined, { region: 'us-east-1', bucketOwner: '' });
  await source.stop();
  return source;
}

describe('a real organization', () => {
  it.each(['AWS_REGION', 'AWS_DEFAULT_REGION'])(
    'is read in the partition of the caller, by %s',
    async (name) => {
      const source = await sourceOf({ [name]: 'us-gov-west-1' });
      expect(scopes).toEqual(['us-gov-west-1/sts', 'us-gov-west-1/organizations']);
      expect(source.environment.AWS_REGION).toBe('us-gov-west-1');
      expect(source.settings).toMatchObject({ PARTITION: 'aws-us-gov', STS_REGION: 'us-gov-west-1' });
      expect(source.describe('report-role')).toContain(`, Region us-gov-west-1 (${name})\n`);
    },
  );

  it('is read with STS of a Region that every account has, whatever the Region of the shell is', async () => {
    const source = await sourceOf({ AWS_REGION: 'af-south-1' });
    expect(scopes[0]).toBe('us-east-1/sts');
    expect(source.settings).toMatchObject({ STS_REGION: 'us-east-1' });
    expect(source.environment.AWS_REGION).toBe('af-south-1');
  });

  it('is read in the Region of the environment if the shell has none, and that is said', async () => {
    const source = await sourceOf({});
    expect(scopes[0]).toBe('us-east-1/sts');
    expect(source.describe('report-role')).toContain(
      ', Region us-east-1 (the environment: neither AWS_REGION, AWS_DEFAULT_REGION nor the AWS profile names a Region)\n',
    );
  });

  it('passes on the proxy to the functions, without loopback', async () => {
    const { environment } = await sourceOf({ https_proxy: 'http://proxy:3128', NO_PROXY: '.corp' });
    expect(environment).toMatchObject({
      HTTPS_PROXY: 'http://proxy:3128/',
      NO_PROXY: '.corp,localhost,.localhost,127.0.0.0-127.255.255.255,::1',
    });
    expect(environment).not.toHaveProperty('https_proxy');
  });

  it('names the Region if AWS does not know the credentials there', async () => {
    isKnown = false;
    await expect(
      sourceOf({ AWS_DEFAULT_REGION: 'cn-north-1' }).finally(() => (isKnown = true)),
    ).rejects.toThrow(
      'AWS does not know these credentials in Region cn-north-1 (AWS_DEFAULT_REGION); set AWS_REGION to a Region of ' +
        'their partition, or sign in again',
    );
  });
});
