import { isAbsolute, join } from 'node:path'

/** What stands for %d, %h … (ssh_config(5), TOKENS). */
export type Tokens = Readonly<Record<string, string>>

/** The text with its tokens filled in; undefined when it has one we do not know, where ssh gives up as well. */
export function expandTokens(text: string, tokens: Tokens): string | undefined {
  let isKnown = true
  const expanded = text.replace(/%(.?)/g, (_, letter: string) => {
    if (letter === '%') return '%'
    const value = tokens[letter]
    if (value === undefined) isKnown = false
    return value ?? ''
  })
  return isKnown ? expanded : undefined
}

/** A file name: tokens, ${VARIABLE} and a leading ~. */
export function expandPath(
  text: string,
  tokens: Tokens,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const home = tokens['d'] ?? ''
  let isKnown = true
  const withEnv = text.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
    const value = env[name]
    if (value === undefined) isKnown = false
    // what a variable holds is not looked at for tokens again
    return value?.replaceAll('%', '%%') ?? ''
  })
  const expanded = isKnown ? expandTokens(withEnv, tokens) : undefined
  if (expanded === undefined) return undefined
  if (expanded === '~' || /^~[/\\]/.test(expanded)) return join(home, expanded.slice(1))
  return isAbsolute(expanded) ? expanded : join(home, expanded)
}
