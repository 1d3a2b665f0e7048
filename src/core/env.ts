/** Environment variables, as `process.env` gives them. */
export type Env = Readonly<Record<string, string | undefined>>;
