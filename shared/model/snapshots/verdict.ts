/** Whether something is possible, and if not why, with the nearest way that is. */
export type Verdict =
  | { readonly isAllowed: true }
  | { readonly isAllowed: false; readonly reason: string; readonly cure?: string }

export const allowed: Verdict = { isAllowed: true }

export function refused(reason: string, cure?: string): Verdict {
  return { isAllowed: false, reason, ...(cure === undefined ? {} : { cure }) }
}

/** The first refusal, or allowed. */
export function allOf(verdicts: readonly Verdict[]): Verdict {
  return verdicts.find(({ isAllowed }) => !isAllowed) ?? allowed
}
