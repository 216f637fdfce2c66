/** A network card of a running guest: its cable, and the forwards of its user network. */
import { AppError } from '../../../../shared/errors'
import { canonical } from '../../../domain-xml/edit/difference'
import type { EditDocument, EditElement } from '../../../domain-xml/edit/tree'
import type { ArgvPlan } from '../argv/plan'
import { OptionList } from '../../../qemu-command/option-list'
import { aliasOf, type PlannedVm, type RunningVm } from './running-vm'
import type { Update } from './update'

export async function changeCard(vm: RunningVm, { before, element, after }: Update): Promise<void> {
  if (canonical(without(before)) !== canonical(without(element)))
    throw new AppError('unsupported', 'QEMU cannot connect a card that runs with another network', {
      cure: 'It is connected there from the next start. To have it now, remove this card and add another.',
    })
  const id = aliasOf(before) ?? ''
  const { gone, come } = forwardChanges(vm, after, id)
  const done: (() => Promise<void>)[] = []
  try {
    for (const rule of gone) {
      await removeForward(vm, id, rule)
      done.push(() => addForward(vm, id, rule))
    }
    for (const rule of come) {
      await addForward(vm, id, rule)
      done.push(() => removeForward(vm, id, rule))
    }
  } catch (error) {
    for (const back of done.toReversed()) await back().catch((e: unknown) => vm.host.log(String(e)))
    throw error
  }
  if (isUp(before) !== isUp(element)) await vm.guest.execute('set_link', { name: id, up: isUp(element) })
}

/** Rules as QEMU is told, such as "tcp::2222-:22". */
export function forwardChanges(
  vm: PlannedVm,
  after: EditDocument,
  id: string,
): { readonly gone: readonly string[]; readonly come: readonly string[] } {
  const [was, is] = [forwardsOf(vm.plan(vm.definition), id), forwardsOf(vm.plan(after), id)]
  return { gone: was.filter((rule) => !is.includes(rule)), come: is.filter((rule) => !was.includes(rule)) }
}

export const addLine = (id: string, rule: string): string => `hostfwd_add host${id} ${rule}`
/** By the end at the host alone. */
export const removeLine = (id: string, rule: string): string =>
  `hostfwd_remove host${id} ${rule.slice(0, rule.lastIndexOf('-'))}`

function without(card: EditElement): EditElement {
  const copy = card.clone()
  for (const name of ['link', 'portForward']) for (const child of copy.children(name)) child.remove()
  return copy
}

export function isUp(card: EditElement): boolean {
  return card.find('link')?.attribute('state') !== 'down'
}

function forwardsOf({ parts }: ArgvPlan, id: string): string[] {
  const words = parts.flatMap((part) => part.words)
  return words.flatMap((word, at) => {
    if (words[at - 1] !== '-netdev') return []
    const list = OptionList.parse(word)
    return list.get('id') === `host${id}` ? list.all('hostfwd') : []
  })
}

/** QMP has no word for these (QEMU 10). It says nothing when it is done. */
async function addForward(vm: RunningVm, id: string, rule: string): Promise<void> {
  const said = (await vm.guest.hmp(addLine(id, rule))).trim()
  if (said === '') return
  const [, port = ''] = /:(\d+)-/.exec(rule) ?? []
  throw new AppError('invalid', `Port ${port} of the host cannot be forwarded to the guest`, {
    cure: 'Another program may use it, and those below 1024 are for the administrator. Choose another port.',
    detail: said,
  })
}

async function removeForward(vm: RunningVm, id: string, rule: string): Promise<void> {
  const said = (await vm.guest.hmp(removeLine(id, rule))).trim()
  if (said.endsWith('removed')) return
  throw new AppError('invalid', 'QEMU has not ended a port forward', {
    cure: 'See what it says about it. It ends at the next start.',
    detail: said,
  })
}
