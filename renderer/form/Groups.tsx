import { memo, startTransition, Suspense, useEffect, useState } from 'react'
import type { Group } from '../../shared/model/hardware/kind'
import { FieldLine } from './FieldLine'
import { Folded } from './Folded'
import { useScope } from './scope'
import './form.css'

/** A kind's fields in their groups. Made anew for each item (by `key`), so that what was unfolded stays with it. */
export function Groups() {
  const { kind } = useScope()
  const [drawn, setDrawn] = useState(1)
  // what is seen first is drawn first; the rest follows one by one, so that a key or click in between waits for one at most
  useEffect(() => {
    if (drawn < kind.groups.length) startTransition(() => setDrawn(drawn + 1))
  }, [drawn, kind])
  return (
    <>
      {kind.groups.slice(0, drawn).map((group) => (
        <GroupView key={`${group.title} ${group.fields[0] ?? ''}`} group={group} />
      ))}
    </>
  )
}

const GroupView = memo(function GroupView({ group }: { group: Group }) {
  const scope = useScope()
  const { kind, values, panels, lead } = scope
  // settled when the form opens: a field must not change places while somebody types in it
  const [shownFirst] = useState(() => new Set(group.fields.filter((id) => values[id] !== undefined)))
  const Panel = group.panel === undefined ? undefined : panels?.[group.panel]
  if (Panel) {
    return (
      <GroupFrame title={group.title}>
        <Suspense fallback={null}>
          <Panel group={group} />
        </Suspense>
      </GroupFrame>
    )
  }
  const fitting = group.fields.filter((id) => {
    const field = kind.fields[id]
    return field !== undefined && (field.when?.(values) ?? true)
  })
  const isFirst = (id: string): boolean => !kind.fields[id]?.isAdvanced || shownFirst.has(id)
  const first = fitting.filter(isFirst)
  const more = fitting.filter((id) => !isFirst(id))
  if (fitting.length === 0) return null
  return (
    <GroupFrame title={group.title} isBare={first.length === 0}>
      {group === kind.groups[0] ? lead : null}
      {first.map((id) => (
        <FieldLine key={id} id={id} />
      ))}
      <More fields={more} title={first.length === 0 && group.title !== '' ? group.title : 'More settings'} />
    </GroupFrame>
  )
})

/** `isBare`: the unfolding line stands for the title. */
function GroupFrame({
  title,
  isBare = false,
  children,
}: {
  readonly title: string
  readonly isBare?: boolean
  readonly children: React.ReactNode
}) {
  return (
    <section
      className={isBare ? 'hw-group hw-group-bare' : 'hw-group'}
      {...(title === '' ? {} : { 'aria-label': title })}
    >
      {title === '' || isBare ? null : <h3>{title}</h3>}
      {children}
    </section>
  )
}

/** Rare fields are drawn only when asked for, or when one of them was changed or is refused. */
function More({ fields, title }: { readonly fields: readonly string[]; readonly title: string }) {
  const { isChanged, problemAt } = useScope()
  const isForced = fields.some((id) => isChanged(id) || problemAt(id) !== undefined)
  if (fields.length === 0) return null
  return (
    <Folded
      isForced={isForced}
      title={
        <>
          {title}
          <span className="hw-count">{fields.length}</span>
        </>
      }
    >
      {fields.map((id) => (
        <FieldLine key={id} id={id} />
      ))}
    </Folded>
  )
}
