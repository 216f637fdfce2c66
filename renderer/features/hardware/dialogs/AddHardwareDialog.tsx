import { useMemo, useRef, useState } from 'react'
import type { Values } from '../../../../shared/model/hardware/field'
import type { Fix, HardwareContext, Kind } from '../../../../shared/model/hardware/kind'
import { hardwareKinds } from '../../../../shared/model/hardware/kinds'
import type { VmRef } from '../../../../shared/model/ids'
import { Button } from '../../../ui/Button'
import { classNames } from '../../../ui/class-names'
import { Dialog } from '../../../ui/Dialog'
import { CopyIcon, PlusIcon } from '../../../ui/icons/general'
import { SearchField } from '../../../ui/SearchField'
import { addDevice, newKey } from '../draft'
import { GeneralProblems } from '../../../form/GeneralProblems'
import { Groups } from '../../../form/Groups'
import { formProblems, plainScope, type PlainForm } from '../../../form/plain-scope'
import { ScopeContext } from '../../../form/scope'
import { useReadAnew } from '../../../form/host-data'
import { hardwareParts } from '../hardware-parts'
import type { HardwareScope } from '../hardware-scope'
import { usePlace } from '../place'
import { applyFix, findItem, useHardwareSession, type HardwareSession } from '../session'
import { KindIcon } from '../KindIcon'
import { sectionOf, sections } from '../sections'
import { pageOf, putChanges, putHardware } from '../store'
import { walkOptions } from '../../../form/walk-options'
import { CopyDevice } from './CopyDevice'
import './dialogs.css'

/** Which kind of device, and its settings; it becomes one of the changes. */
export function AddHardwareDialog({ target }: { target: VmRef }) {
  const session = useHardwareSession(target)
  return session ? <AddHardware session={session} /> : null
}

function plugText(kind: Kind, values: Values, context: HardwareContext): string {
  const answer = kind.hotplug?.(values, context)
  if (answer === true) return 'Can be plugged in while the guest runs'
  return answer === undefined ? 'Comes at the next start' : `Comes at the next start: ${answer}`
}

export function whyNotAdded(kind: Kind, context: HardwareContext): string | undefined {
  const reason = kind.whyNotOffered?.(context)
  if (reason !== undefined) return reason
  const count = context.items.filter(({ ref }) => ref.kind === kind.id).length
  if (kind.max === undefined || count < kind.max) return undefined
  return kind.max === 1 ? 'The VM has one already' : `The VM has ${count} already, which is all it can have`
}

function AddHardware({ session }: { session: HardwareSession }) {
  const { context, key, changes } = session
  useReadAnew(session.target.host)
  const { closeDialog } = usePlace()
  const [filter, setFilter] = useState('')
  const list = useRef<HTMLDivElement>(null)
  const [chosen, setChosen] = useState<Kind | 'copy'>()
  const [values, setValues] = useState<Values>({})
  const [isTried, setTried] = useState(false)
  const kinds = useMemo(
    () => hardwareKinds.filter((kind) => kind.role === 'device' && kind.defaults !== undefined),
    [],
  )
  const wanted = filter.trim().toLowerCase()
  const found = kinds.filter(({ label, id }) => `${label} ${id}`.toLowerCase().includes(wanted))

  const choose = (kind: Kind): void => {
    setChosen(kind)
    setValues(kind.defaults?.(context) ?? {})
    setTried(false)
  }
  const kind = chosen === 'copy' ? undefined : chosen
  const problems = kind?.check?.(values, context) ?? []
  const scope: HardwareScope | undefined = kind && {
    ...newDeviceScope(session, {
      host: session.target.host,
      kind,
      values,
      onChange: setValues,
      problems,
      isTried,
    }),
    addDevices: (device: string, all: readonly Values[]) => {
      const first = newKey(changes)
      applyFix(
        session,
        all.map((one) => ({ kind: 'add', device, values: one })),
      )
      putHardware(key, { page: pageOf({ kind: device, key: first }) })
      closeDialog()
    },
  }
  const add = (): void => {
    if (!kind) return
    setTried(true)
    if (formProblems(kind, values, problems).length > 0) return
    const name = newKey(changes)
    putChanges(key, addDevice(changes, kind.id, name, values))
    putHardware(key, { page: pageOf({ kind: kind.id, key: name }) })
    closeDialog()
  }
  const hot = kind && context.isRunning ? plugText(kind, values, context) : undefined
  return (
    <Dialog
      title={`Add hardware to ${session.view.name}`}
      icon={PlusIcon}
      width={1000}
      onClose={closeDialog}
      {...(kind ? { onSubmit: add } : {})}
      footer={
        <>
          {hot === undefined ? null : <span className="push secondary hw-add-effect">{hot}</span>}
          <Button onPress={closeDialog}>Cancel</Button>
          {chosen === 'copy' ? null : (
            <Button type="submit" variant="primary" isDisabled={!kind} keepsFocus>
              Add
            </Button>
          )}
        </>
      }
    >
      <div className="hw-add">
        <div className="hw-add-kinds">
          <SearchField
            onLeave={() => list.current?.querySelector<HTMLElement>('[role=option]')?.focus()}
            label="Find hardware"
            placeholder="Find hardware"
            value={filter}
            onChange={setFilter}
          />
          <div
            ref={list}
            className="hw-add-list"
            role="listbox"
            tabIndex={-1}
            aria-label="Kinds of hardware"
            onKeyDown={(event) => void walkOptions(event, list.current)}
          >
            {sections.map((section) => {
              const here = found.filter((one) => sectionOf(one) === section)
              return here.length === 0 ? null : (
                <div key={section} role="group" aria-label={section}>
                  <div className="hw-list-section" aria-hidden="true">
                    {section}
                  </div>
                  {here.map((one) => (
                    <KindEntry
                      key={one.id}
                      kind={one}
                      reason={whyNotAdded(one, context)}
                      isSelected={chosen === one}
                      onChoose={() => choose(one)}
                    />
                  ))}
                </div>
              )
            })}
            <div role="group" aria-label="Elsewhere" className="hw-list-xml">
              <button
                type="button"
                role="option"
                aria-selected={chosen === 'copy'}
                className="hw-entry"
                onClick={() => setChosen('copy')}
              >
                <CopyIcon />
                <span className="hw-entry-text">
                  <span className="hw-entry-title">Copy from another VM…</span>
                </span>
              </button>
            </div>
          </div>
        </div>
        <div className="hw-add-form hw-form">
          {chosen === 'copy' ? (
            <CopyDevice session={session} />
          ) : scope ? (
            <ScopeContext value={scope}>
              <h3 className="hw-add-title">{scope.kind.label}</h3>
              <GeneralProblems />
              <Groups key={scope.kind.id} />
            </ScopeContext>
          ) : (
            <p className="hw-add-empty">
              Choose what to add. The settings are chosen to suit this VM and its host.
            </p>
          )}
        </div>
      </div>
    </Dialog>
  )
}

function KindEntry(props: {
  readonly kind: Kind
  readonly reason: string | undefined
  readonly isSelected: boolean
  readonly onChoose: () => void
}) {
  const { kind, reason, isSelected, onChoose } = props
  return (
    <button
      type="button"
      role="option"
      aria-selected={isSelected}
      aria-disabled={reason !== undefined}
      className={classNames('hw-entry', reason !== undefined && 'hw-entry-off')}
      onClick={reason === undefined ? onChoose : undefined}
    >
      <KindIcon kind={kind} />
      <span className="hw-entry-text">
        <span className="hw-entry-title">{kind.label}</span>
        {reason === undefined ? null : <span className="hw-entry-summary hw-entry-reason">{reason}</span>}
      </span>
    </button>
  )
}

function newDeviceScope(session: HardwareSession, form: PlainForm & { readonly kind: Kind }): HardwareScope {
  const { kind, values, onChange } = form
  return {
    ...plainScope(form),
    ...hardwareParts,
    target: session.target,
    kind,
    context: session.context,
    fix: (fixes) => {
      for (const change of fixes) {
        // what is already there is changed like everything else; the rest is about the new device
        const isElsewhere = change.kind === 'add' || findItem(session.items, change.item) !== undefined
        if (isElsewhere) applyFix(session, [change])
        else onChange(afterFix(values, change))
      }
    },
  }
}

function afterFix(values: Values, { values: set, unset = [] }: Extract<Fix, { kind: 'set' }>): Values {
  const kept = Object.entries({ ...values, ...set }).filter(([id]) => !unset.includes(id))
  return Object.fromEntries(kept)
}
