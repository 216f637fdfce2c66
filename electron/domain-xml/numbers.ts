/** Numbers as libvirt writes them: decimal, or hexadecimal with "0x". */
export function integerOf(text: string | undefined): number | undefined {
  const trimmed = text?.trim() ?? ''
  return /^(0x[0-9a-f]{1,8}|\d{1,10})$/i.test(trimmed) ? Number(trimmed) : undefined
}
