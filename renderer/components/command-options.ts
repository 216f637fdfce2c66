/**
 * A command in front of each of its long options, so that a line of it is broken there and nowhere else: browsers break
 * after any hyphen, which leaves "--" alone at the end of a line. What is quoted stays together.
 */
export function commandOptions(command: string): string[] {
  const found: string[] = []
  let from = 0
  let quote = ''
  for (let at = 0; at < command.length; at++) {
    const char = command.charAt(at)
    if (quote !== '') {
      if (char === quote) quote = ''
      else if (char === '\\' && quote === '"') at++
    } else if (char === '\\') at++
    else if (char === "'" || char === '"') quote = char
    else if (char === ' ' && command.startsWith('--', at + 1)) {
      found.push(command.slice(from, at))
      from = at + 1
    }
  }
  return [...found, command.slice(from)]
}
