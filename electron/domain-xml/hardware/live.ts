/** What a change means for the running guest: steps a backend takes, each with its virsh command. */
import { shellWord } from '../../../shared/shell-word'
import { changedFields, isLiveField } from '../../../shared/model/hardware/effects'
import type { EditElement } from '../edit/tree'
import type { Applied } from './change'
import { bindingOf } from './bindings'
import { readField, writeField } from './field-xml'
import { readValues } from './items'
import { isLimit, limitSteps } from './live-limits'
import { pageSteps, pageStepCommand, type PageStep } from './live-pages'

export type LiveStep =
  /** A device to plug in, out, or to change in place. Of those that change, only what can change now is changed. */
  { readonly kind: 'attach' | 'detach' | 'update'; readonly element: EditElement } | PageStep

export function liveSteps(applied: Applied): LiveStep[] {
  const { change } = applied
  if (applied.kind === 'page') return pageSteps(applied)
  if (applied.kind === 'whole') return []
  if (!applied.before && applied.after) return [{ kind: 'attach', element: applied.after }]
  if (applied.before && !applied.after) return [{ kind: 'detach', element: applied.before }]
  if (!applied.before || !applied.after || change.kind !== 'set') return []
  const binding = bindingOf(change.item.kind)
  if (!binding) return []
  const values = readValues({ binding, element: applied.before })
  const live = changedFields(change).filter((id) => isLiveField(binding.kind, id, values))
  const limits = limitSteps(applied.before, change, live)
  const inPlace = live.filter((id) => !isLimit(binding.kind.id, id))
  if (inPlace.length === 0) return limits
  const element = applied.before.clone()
  for (const id of inPlace) {
    const field = binding.kind.fields[id]
    const place = binding.fields[id]
    if (field && place !== undefined)
      writeField(element, field, place, readField(applied.after, field, place))
  }
  return [{ kind: 'update', element }, ...limits]
}

export function liveCommand(step: LiveStep, vm: { readonly name: string; readonly uri: string }): string {
  const virsh = `virsh${vm.uri === '' ? '' : ` -c ${shellWord(vm.uri)}`}`
  const name = vm.name.startsWith('-') ? `--domain ${shellWord(vm.name)}` : shellWord(vm.name)
  if ('element' in step) {
    return `${virsh} ${step.kind}-device ${name} /dev/stdin --live <<'EOF'\n${step.element.toString()}\nEOF`
  }
  return `${virsh} ${pageStepCommand(step, name)}`
}
