/** What the names of UEFI files tell, as distributions give them: SUSE's qemu-ovmf, Fedora's and Debian's OVMF. */

const words: readonly (readonly [word: string, text: string])[] = [
  ['smm', 'protected by SMM, for Secure Boot'],
  ['secboot', 'protected by SMM, for Secure Boot'],
  ['ms', 'Microsoft’s keys'],
  ['suse', 'SUSE’s keys'],
  ['opensuse', 'openSUSE’s keys'],
  ['4m', '4 MB'],
  ['2m', '2 MB'],
  ['debug', 'writes a log'],
  ['amdsev', 'for AMD SEV'],
  ['inteltdx', 'for Intel TDX'],
]

function partsOf(path: string): ReadonlySet<string> {
  return new Set((path.split('/').at(-1) ?? '').toLowerCase().split(/[^a-z0-9]+/))
}

/** "protected by SMM, for Secure Boot, Microsoft’s keys, 4 MB"; undefined when the name tells nothing. */
export function firmwareWords(path: string): string | undefined {
  const parts = partsOf(path)
  const found = new Set(words.flatMap(([word, text]) => (parts.has(word) ? [text] : [])))
  return found.size === 0 ? undefined : [...found].join(', ')
}

export function isFourMegabytes(path: string): boolean {
  return partsOf(path).has('4m')
}
