/** The functions; each has a folder of that name in `handlers/`. */
export const handlerNames = ['list-accounts', 'collect-reports', 'summarize-run', 'export-results'] as const;
export type HandlerName = (typeof handlerNames)[number];
