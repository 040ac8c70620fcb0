/** What brings a deployment to what its file and this checkout say. */
export const deployCommand = (environment: string) =>
  `cdktf diff ${environment} && cdktf deploy ${environment}`;
