/** QEMU's comma lists: `virtio-net-pci,netdev=hostnet0,id=net0`. A comma inside a value is written twice. */
import { escaped } from '../../../qemu-command/option-list'

export type OptionValue = string | number | boolean | undefined

export type Options = Readonly<Record<string, OptionValue>>

export { escaped }

/** What is undefined is left out; true and false are "on" and "off". */
export function options(first: string | undefined, values: Options = {}): string {
  const list = Object.entries(values).flatMap(([name, value]) => {
    if (value === undefined) return []
    const text = typeof value === 'boolean' ? (value ? 'on' : 'off') : escaped(String(value))
    return [`${name}=${text}`]
  })
  return [...(first === undefined ? [] : [escaped(first)]), ...list].join(',')
}

/** "on" and "off" as definitions write them, or "yes" and "no". */
export function flag(text: string | undefined): boolean | undefined {
  if (text === 'on' || text === 'yes') return true
  if (text === 'off' || text === 'no') return false
  return undefined
}

export function number(text: string | undefined): number | undefined {
  return text !== undefined && /^(0x[\da-f]{1,13}|\d{1,15})$/i.test(text.trim()) ? Number(text) : undefined
}
