import { version } from '../../package.json';

/** Version of this project: part of every manifest. */
export const PRODUCT_VERSION = version;
