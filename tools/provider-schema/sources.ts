/** Where facts about the AWS provider and about AWS come from. */

const provider = 'https://github.com/hashicorp/terraform-provider-aws';

export const issue = (number: number) => `${provider}/issues/${number}`;
export const pull = (number: number) => `${provider}/pull/${number}`;
/** Source of a service, such as `s3/bucket.go`. */
export const code = (file: string) => `${provider}/blob/main/internal/service/${file}`;
/** Page of the provider's documents, such as `r/iam_role`. */
export const page = (name: string) => `${provider}/blob/main/website/docs/${name}.html.markdown`;
export const awsDocs = (name: string) => `https://docs.aws.amazon.com/${name}`;
