/** What a change means for the running guest: steps a backend takes, each with its virsh command. */
import { shellWord } from '../../../shared/shell-word'
import type { EditDocument } from '../edit/tree'
import type { Applied } from './change'
import { deviceStepCommand, deviceSteps, type DeviceStep } from './live-device'
import { pageStepCommand, pageSteps, type PageStep } from './live-pages'

export type LiveStep = DeviceStep | PageStep

/** `running` is the definition of the running guest as it is before the steps. */
export function liveSteps(applied: Applied, running: EditDocument): LiveStep[] {
  switch (applied.kind) {
    case 'page':
      return pageSteps(applied, running.root)
    case 'device':
      return deviceSteps(applied, running.root)
    case 'whole':
      return []
  }
}

/** Undefined for what no command can do. Secrets are masked. */
export function liveCommand(
  step: LiveStep,
  vm: { readonly name: string; readonly uri: string },
): string | undefined {
  const name = vm.name.startsWith('-') ? `--domain ${shellWord(vm.name)}` : shellWord(vm.name)
  const command = 'element' in step ? deviceStepCommand(step, name) : pageStepCommand(step, name)
  return command === undefined
    ? undefined
    : `virsh${vm.uri === '' ? '' : ` -c ${shellWord(vm.uri)}`} ${command}`
}
