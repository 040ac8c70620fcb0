/** The framework of a control: `CIS v7.0` of `CIS v7.0 2.5`. The number of a control contains no space. */
export const frameworkOf = (control: string): string => control.slice(0, control.lastIndexOf(' '));
