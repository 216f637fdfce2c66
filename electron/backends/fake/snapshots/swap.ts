import { isActive } from '../../../../shared/model/vm'
import { EditDocument } from '../../../domain-xml/edit/tree'
import { moveDisk } from '../../../domain-xml/snapshots/document'
import type { FakeHost } from '../fake-host'
import { factsFromXml } from '../facts-from-xml'
import type { FakeVm } from '../model'
import { runningXmlOf, storedXmlOf } from '../xml'

/** The disk is this file from now on, in the stored definition and under the running guest. */
export function swapFile(
  host: FakeHost,
  vm: FakeVm,
  target: string,
  file: { readonly path: string; readonly format: string },
): void {
  const stored = EditDocument.parse(storedXmlOf(vm))
  moveDisk(stored.root, target, file)
  const running = isActive(vm.state) ? EditDocument.parse(runningXmlOf(vm, host.displayPort(vm))) : undefined
  if (running) moveDisk(running.root, target, file)
  host.change(vm, {
    storedXml: stored.toString(),
    ...(running ? { runningXml: running.toString() } : {}),
    definition: factsFromXml(vm.definition, stored.root),
  })
}

export function swapDefinition(host: FakeHost, vm: FakeVm, definition: EditDocument): void {
  host.change(vm, {
    storedXml: definition.toString(),
    runningXml: undefined,
    definition: factsFromXml(vm.definition, definition.root),
  })
}

export function runFrom(host: FakeHost, vm: FakeVm, uptimeMs: number, isRunning: boolean): void {
  vm.run?.display.end()
  const run = host.newRun(vm, uptimeMs, isRunning)
  host.change(vm, {
    state: isRunning ? 'running' : 'paused',
    stateReason: isRunning ? undefined : 'from a snapshot',
    run,
  })
}
