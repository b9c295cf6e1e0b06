/**
 * The three reports on one desk: who was never invited, who was and has not joined, and whose mail came
 * back or was refused.
 */
export const reportKinds = ['first', 'waiting', 'returned'] as const;
export type ReportKind = (typeof reportKinds)[number];
