import type { XmlElement } from '../../../domain-xml/document'

/** The firmware's tables as the daemon passes them on (https://libvirt.org/formatdomain.html#smbios-system-information). */
export function readSysinfo(sysinfo: XmlElement): {
  product?: string
  firmware?: string
  processor?: string
} {
  const entry = (group: string, name: string): string | undefined =>
    sysinfo
      .find(group)
      ?.children('entry')
      .find((one) => one.attribute('name') === name)
      ?.text()
  const product = words(entry('system', 'manufacturer'), entry('system', 'product'))
  const firmware = words(entry('bios', 'vendor'), entry('bios', 'version'), entry('bios', 'date'))
  const processor = words(entry('processor', 'version'))
  return { ...(product && { product }), ...(firmware && { firmware }), ...(processor && { processor }) }
}

/** Makers leave fields as they found them. */
const unfilled =
  /^(not specified|to be filled by o\.?e\.?m\.?|default string|system product name|none|unknown|n\/a)$/i

function words(...parts: (string | undefined)[]): string | undefined {
  const text = parts
    .flatMap((part) => (part === undefined || unfilled.test(part.trim()) ? [] : part.trim()))
    .join(' ')
  return text === '' ? undefined : text.slice(0, 200)
}
