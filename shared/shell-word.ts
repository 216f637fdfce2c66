import { AppError } from './errors'

/**
 * Makes a word inert for the shell that will read it: single quotes mean the same in sh, bash, dash, zsh, ksh, csh and
 * fish; a quote inside is written outside of them. "=" and "~" at the start of a word are special to zsh and others, so
 * only plainly harmless words stay bare.
 */
export function shellWord(word: string): string {
  if (word.includes('\0')) throw new AppError('invalid', 'A command word contains a zero byte')
  if (/^[A-Za-z0-9_/.,:@+-][A-Za-z0-9_/.,:@+=-]*$/.test(word)) return word
  return `'${word.replaceAll("'", "'\\''")}'`
}
