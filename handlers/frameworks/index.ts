/** Every framework, in the order of the IDs. Written by `npm run generate` from the files of `data/`. */
import cis_v3_0 from './data/cis-v3.0.json';
import cis_v4_0_1 from './data/cis-v4.0.1.json';
import cis_v5_0 from './data/cis-v5.0.json';
import cis_v6_0 from './data/cis-v6.0.json';
import cis_v7_0 from './data/cis-v7.0.json';
import fedramp_low_r4 from './data/fedramp-low-r4.json';
import fedramp_moderate_r4 from './data/fedramp-moderate-r4.json';
import fsbp from './data/fsbp.json';
import hipaa from './data/hipaa.json';
import iso_27001_2022 from './data/iso-27001-2022.json';
import nist_800_171_r2 from './data/nist-800-171-r2.json';
import nist_800_53_r5 from './data/nist-800-53-r5.json';
import pci_dss_v4_0_1 from './data/pci-dss-v4.0.1.json';
import security_hub from './data/security-hub.json';
import soc_2 from './data/soc-2.json';
import type { Framework } from './framework';

export const frameworks: readonly Framework[] = [
  cis_v3_0,
  cis_v4_0_1,
  cis_v5_0,
  cis_v6_0,
  cis_v7_0,
  fedramp_low_r4,
  fedramp_moderate_r4,
  fsbp,
  hipaa,
  iso_27001_2022,
  nist_800_171_r2,
  nist_800_53_r5,
  pci_dss_v4_0_1,
  security_hub,
  soc_2,
];
