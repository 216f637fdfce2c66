/** Internet addresses as libvirt takes them in a definition. */
export function isIpv4(value: string): boolean {
  const parts = value.split('.')
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)
}

export function isIpv6(value: string): boolean {
  const [head = '', tail, ...more] = value.split('::')
  if (more.length > 0 || !/^[0-9a-f:.]+$/i.test(value)) return false
  const groups = [head, tail ?? ''].flatMap((half) => (half === '' ? [] : half.split(':')))
  const last = groups.at(-1) ?? ''
  const words = last.includes('.') ? [...groups.slice(0, -1), '0', '0'] : groups
  if (last.includes('.') && !isIpv4(last)) return false
  if (!words.every((word) => /^[0-9a-f]{1,4}$/i.test(word))) return false
  return tail === undefined ? words.length === 8 : words.length < 8
}

export const isIp = (value: string): boolean => isIpv4(value) || isIpv6(value)

/** The name of a host, or an address. */
export const isHostName = (value: string): boolean =>
  isIp(value) || /^[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?$/i.test(value)
