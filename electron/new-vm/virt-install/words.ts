/** virt-install's way of writing options: "--disk path=/a,size=2", taken apart by Python's shlex at commas. */
export type SubOption = readonly [name: string, value: string | number | undefined] | string

/** An option and its value; a value that looks like another option is tied to its own. */
export function option(name: string, value: string): string[] {
  return value.startsWith('-') ? [`${name}=${value}`] : [name, value]
}

/** Sub-options without a value of their own stand bare; undefined ones are left out. */
export function joined(...parts: readonly SubOption[]): string {
  return parts
    .flatMap((part) => {
      if (typeof part === 'string') return part
      const [name, value] = part
      return value === undefined ? [] : `${name}=${escaped(String(value))}`
    })
    .join(',')
}

/** A backslash keeps a character as it is. */
function escaped(text: string): string {
  return text.replaceAll(/[\\,'"]/g, '\\$&')
}
