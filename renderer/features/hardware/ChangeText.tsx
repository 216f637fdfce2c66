import type { HardwareChange } from '../../../shared/model/hardware/change'
import { inWords, plain, type FieldValue } from '../../../shared/model/hardware/field'
import { kindOf } from '../../../shared/model/hardware/kinds'
import { changeTitle, titleOf } from '../../../shared/model/hardware/title'
import { isSameRef } from './draft'
import type { HardwareSession } from './session'

/** A change in words, with what each field was and will be. */
export function ChangeText({ change, session }: { change: HardwareChange; session: HardwareSession }) {
  const { view, items } = session
  if (change.kind !== 'set') {
    return (
      <div className="hw-change">
        <span className="hw-change-title">{changeTitle(change, items)}</span>
        {change.kind === 'remove' ? <Goes change={change} session={session} /> : null}
        {change.kind === 'boot-order' ? (
          <span className="secondary">
            {change.order.map((ref) => titleOf(items, ref)).join(', then ') || 'From nothing in particular'}
          </span>
        ) : null}
      </div>
    )
  }
  const kind = kindOf(change.item.kind)
  const item = view.items.find(({ ref }) => isSameRef(ref, change.item))
  // what is forced is stored already, and not what the guest has
  const before = (change.isForced ? item?.live : item?.values) ?? {}
  const ids = [...Object.keys(change.values), ...(change.unset ?? [])]
  return (
    <div className="hw-change">
      <span className="hw-change-title">{titleOf(view.items, change.item)}</span>
      <dl className="hw-change-fields">
        {ids.map((id) => {
          const field = kind?.fields[id]
          const words = (value: FieldValue | undefined): string =>
            field ? inWords(field, value) : plain(value)
          return (
            <div key={id}>
              <dt>{field?.label ?? id}</dt>
              <dd>
                <span className="hw-before">{words(before[id])}</span>
                <span aria-hidden="true"> → </span>
                <span className="visually-hidden">becomes</span>
                <span className="hw-after">{words(change.values[id])}</span>
              </dd>
            </div>
          )
        })}
      </dl>
      {change.isForced ? (
        <span className="secondary">
          By force: the guest is not asked, and what it reads from the drive at that moment fails.
        </span>
      ) : null}
    </div>
  )
}

function Goes({
  change,
  session,
}: {
  change: Extract<HardwareChange, { kind: 'remove' }>
  session: HardwareSession
}) {
  const item = session.view.items.find(({ ref }) => isSameRef(ref, change.item))
  const goes = item ? (kindOf(change.item.kind)?.whatGoes?.(item.values) ?? []) : []
  return goes.length === 0 ? null : <span className="secondary">{goes.join('. ')}</span>
}
