/** Another size than the original's. What was laid out for the original's number of processors follows, or goes. */
import type { CloneInput } from '../../shared/model/clone'
import { memory } from '../../shared/model/hardware/kinds/memory'
import type { PlanProblem } from '../../shared/model/new-vm/new-vm'
import { siblingBefore } from '../domain-xml/edit/order'
import { EditElement } from '../domain-xml/edit/tree'
import { readField } from '../domain-xml/hardware/field-xml'
import { error } from '../new-vm/problem'

export type CloneSize = Pick<CloneInput, 'vcpuCount' | 'memoryBytes'>

export function resize(root: EditElement, { vcpuCount, memoryBytes }: CloneSize): void {
  if (vcpuCount !== undefined && String(vcpuCount) !== root.find('vcpu')?.text()) setVcpus(root, vcpuCount)
  if (memoryBytes === undefined || bytesOf(root, 'memory') === memoryBytes) return
  for (const name of ['memory', 'currentMemory']) setKib(root, name, memoryBytes)
  // the most that can be plugged in is never less than what is there
  const most = bytesOf(root, 'maxMemory')
  if (most !== undefined && most < memoryBytes) setKib(root, 'maxMemory', memoryBytes)
}

/** What the original has that only fits its own size. */
export function sizeProblems(root: EditElement, { vcpuCount, memoryBytes }: CloneSize): PlanProblem[] {
  const cure = 'Keep that of the original, and change it in the hardware of the clone.'
  const isOther = vcpuCount !== undefined && vcpuCount !== Number(root.find('vcpu')?.text() ?? vcpuCount)
  const isOtherMemory = memoryBytes !== undefined && memoryBytes !== bytesOf(root, 'memory')
  const hasCells = (root.find('cpu', 'numa')?.children('cell').length ?? 0) > 0
  const problems: PlanProblem[] = []
  if (isOther && hasCells)
    problems.push(error('vcpuCount', 'The original shares its CPUs out to NUMA cells.', cure))
  if (isOtherMemory && hasCells)
    problems.push(error('memoryBytes', 'The original shares its memory out to NUMA cells.', cure))
  else if (isOtherMemory && (root.find('devices')?.children('memory').length ?? 0) > 0)
    problems.push(error('memoryBytes', 'The original has memory modules.', cure))
  return problems
}

function setVcpus(root: EditElement, count: number): void {
  const vcpu = root.find('vcpu') ?? root.insert(new EditElement('vcpu'), siblingBefore(root, 'vcpu'))
  vcpu.setText(String(count))
  vcpu.setAttribute('current', undefined)
  // which single ones are switched on
  root.find('vcpus')?.remove()
  const topology = root.find('cpu', 'topology')
  if (topology) {
    const threads = Number(topology.attribute('threads') ?? 1)
    const each = count % threads === 0 ? threads : 1
    // one socket with many cores suits most systems, and the product must be the number
    topology.setAttribute('sockets', '1')
    for (const name of ['dies', 'clusters'])
      if (topology.attribute(name) !== undefined) topology.setAttribute(name, '1')
    topology.setAttribute('cores', String(count / each))
    topology.setAttribute('threads', String(each))
  }
  for (const pin of root.find('cputune')?.children('vcpupin') ?? [])
    if (Number(pin.attribute('vcpu')) >= count) pin.remove()
}

function setKib(root: EditElement, name: string, bytes: number): void {
  const element = root.find(name) ?? root.insert(new EditElement(name), siblingBefore(root, name))
  element.setText(String(Math.ceil(bytes / 1024)))
  element.setAttribute('unit', 'KiB')
}

function bytesOf(root: EditElement, name: string): number | undefined {
  const bytes = readField(root, memory.fields.maximum, { at: name, unit: 'KiB' })
  return typeof bytes === 'number' ? bytes : undefined
}
