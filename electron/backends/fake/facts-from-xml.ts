/** What the list and the load of a demo VM follow when its definition was changed. */
import { sizeOf } from '../../domain-xml/sizes'
import { parseXml } from '../../domain-xml/document'
import type { EditElement } from '../../domain-xml/edit/tree'
import { isTemplate } from '../../domain-xml/template-mark'
import { disksFromXml } from './disks-from-xml'
import type { FakeDefinition } from './model'

export function factsFromXml(before: FakeDefinition, domain: EditElement): FakeDefinition {
  const { root } = parseXml(domain.toString())
  const vcpu = root.find('vcpu')
  const maxVcpuCount = Number(vcpu?.text() ?? before.maxVcpuCount)
  const maxMemoryBytes = sizeOf(root.find('memory'), 'KiB') ?? before.maxMemoryBytes
  const { title: _, description: __, isTemplate: ___, ...rest } = before
  const [title, description] = [root.textOf('title'), root.textOf('description')]
  return {
    ...rest,
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(isTemplate(domain) ? { isTemplate: true } : {}),
    disks: disksFromXml(root),
    maxVcpuCount,
    vcpuCount: Number(vcpu?.attribute('current') ?? maxVcpuCount),
    maxMemoryBytes,
    memoryBytes: sizeOf(root.find('currentMemory'), 'KiB') ?? maxMemoryBytes,
  }
}
