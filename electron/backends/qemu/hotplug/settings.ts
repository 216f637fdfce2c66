/** Settings of the whole guest that runs. */
import { AppError } from '../../../../shared/errors'
import { parseElement, type EditElement } from '../../../domain-xml/edit/tree'
import { osinfoElement, osinfoNamespace, type PageStep } from '../../../domain-xml/hardware/live-pages'
import { bytesOf, writeKiB } from '../amounts'
import { aliasOf, type RunningVm } from './running-vm'

type TextStep = Extract<PageStep, { kind: 'title' | 'description' | 'operating-system' }>

/** QEMU knows nothing of these. */
export async function writeText(vm: RunningVm, step: TextStep): Promise<void> {
  const after = vm.definition.clone()
  if (step.kind === 'operating-system') writeSystem(after.root, step.id)
  else writeLine(after.root, step.kind, step.text)
  await vm.becomes(after)
}

function writeLine(domain: EditElement, name: string, text: string): void {
  const element = domain.find(name)
  if (text === '') element?.remove()
  else if (element) element.setText(text)
  else domain.insert(parseElement(`<${name}/>`), domain.find('title') ?? domain.find('uuid')).setText(text)
}

function writeSystem(domain: EditElement, id: string | undefined): void {
  const metadata = domain.find('metadata')
  metadata
    ?.children()
    .find(({ name }) => /(^|:)libosinfo$/.test(name))
    ?.remove()
  if (id === undefined) {
    if (metadata?.children().length === 0) metadata.remove()
    return
  }
  const parent = metadata ?? domain.insert(parseElement('<metadata/>'), domain.find('uuid'))
  const plain = osinfoElement(id)
    .replaceAll('<os', '<libosinfo:os')
    .replace('<libosinfo>', `<libosinfo:libosinfo xmlns:libosinfo='${osinfoNamespace}'>`)
    .replace('</libosinfo>', '</libosinfo:libosinfo>')
  parent.insert(parseElement(plain))
}

export async function setMemory(vm: RunningVm, sizeBytes: number): Promise<void> {
  balloonOf(vm)
  await vm.guest.execute('balloon', { value: sizeBytes })
  const after = vm.definition.clone()
  const [memory, current] = [after.root.find('memory'), after.root.find('currentMemory')]
  // all of it is what it has without a word
  if (bytesOf(memory) === sizeBytes) current?.remove()
  else writeKiB(current ?? after.root.insert(parseElement('<currentMemory/>'), memory), sizeBytes)
  await vm.becomes(after)
}

export async function setReports(vm: RunningVm, seconds: number): Promise<void> {
  const balloon = balloonOf(vm)
  await vm.guest.execute('qom-set', {
    path: `/machine/peripheral/${aliasOf(balloon) ?? 'balloon0'}`,
    property: 'guest-stats-polling-interval',
    value: seconds,
  })
  const after = vm.definition.clone()
  const element = after.root.find('devices', 'memballoon')
  const stats = element?.find('stats')
  if (seconds === 0) stats?.remove()
  else (stats ?? element?.insert(parseElement('<stats/>')))?.setAttribute('period', String(seconds))
  await vm.becomes(after)
}

function balloonOf({ definition }: RunningVm): EditElement {
  const balloon = definition.root.find('devices', 'memballoon')
  if (balloon && balloon.attribute('model') !== 'none') return balloon
  throw new AppError('unsupported', 'The running VM has no memory balloon', {
    cure: 'Add one: it is there from the next start.',
  })
}
