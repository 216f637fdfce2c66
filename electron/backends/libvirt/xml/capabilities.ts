import type { XmlElement } from './document'

/** Host facts from the capabilities document (https://libvirt.org/formatcaps.html). Test and LXC drivers give less. */
export function readHostCpu(capabilities: XmlElement): {
  architecture?: string
  model?: string
  vendor?: string
} {
  const cpu = capabilities.find('host', 'cpu')
  const architecture = cpu?.textOf('arch')
  const model = cpu?.textOf('model')
  const vendor = cpu?.textOf('vendor')
  return { ...(architecture && { architecture }), ...(model && { model }), ...(vendor && { vendor }) }
}
