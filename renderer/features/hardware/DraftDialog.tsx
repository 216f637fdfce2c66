import { useEffect, useMemo, useRef, useState } from 'react'
import type { HardwareChange } from '../../../shared/model/hardware/change'
import type { ChangePreview, HardwareView } from '../../../shared/model/hardware/view'
import { vmId, vmKey, type HostId } from '../../../shared/model/ids'
import type { HardwareDialogRequest } from '../../stores/dialogs'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { CodeIcon } from '../../ui/icons/hardware'
import { Note } from '../../ui/Note'
import { Spinner } from '../../ui/Spinner'
import { WayToBlocker } from './ApplyBar'
import { HardwareDialog } from './dialogs/HardwareDialog'
import { countChanges } from './draft'
import { HardwareList } from './HardwareList'
import { ItemPage } from './ItemPage'
import { PlaceContext, usePlace, type EditorPlace } from './place'
import { blockersOf, SessionContext, useHardwareSession, type HardwareSession } from './session'
import { hardwareOf, pageOf, putChanges, putHardware, useHardwareStore } from './store'
import './hardware.css'

/** No VM has it: what is kept under it belongs to the one draft that is open. */
const nobody = vmId.parse('00000000-0000-0000-0000-000000000000')

interface Props {
  readonly host: HostId
  readonly view: HardwareView
  readonly changes: readonly HardwareChange[]
  /** What the host has against them. */
  readonly problem: string | undefined
  /** With each change: whoever makes the VM has them all at once. */
  readonly onChange: (changes: readonly HardwareChange[]) => void
  readonly preview: (changes: readonly HardwareChange[]) => Promise<ChangePreview>
  readonly onClose: () => void
}

/** The hardware of a VM before there is one, on the same pages. */
export function DraftDialog(props: Props) {
  const { host, view, preview } = props
  const target = useMemo(() => ({ host, vm: nobody }), [host])
  const key = vmKey(target)
  const [open, setOpen] = useState<HardwareDialogRequest>()
  const latest = useRef(props)
  latest.current = props

  useEffect(() => {
    const { changes, view: shown } = latest.current
    putHardware(key, { view: shown, changes, base: shown.base })
    let last = hardwareOf(key).changes
    const stop = useHardwareStore.subscribe(() => {
      const now = hardwareOf(key).changes
      if (now === last) return
      last = now
      latest.current.onChange(now)
    })
    return () => {
      stop()
      putHardware(key, { view: undefined, changes: [], base: undefined, page: undefined })
    }
  }, [key])
  useEffect(() => {
    if (JSON.stringify(hardwareOf(key).view) !== JSON.stringify(view)) putHardware(key, { view })
  }, [key, view])

  const place = useMemo(
    (): EditorPlace => ({
      isDraft: true,
      openDialog: setOpen,
      closeDialog: () => setOpen(undefined),
      preview: (_target, _base, changes) => preview(changes),
    }),
    [preview],
  )
  return (
    <PlaceContext value={place}>
      <Editor {...props} target={target} />
      {open ? <HardwareDialog dialog={open} /> : null}
    </PlaceContext>
  )
}

function Editor({ target, view, problem, onClose }: Props & { readonly target: HardwareSession['target'] }) {
  const session = useHardwareSession(target)
  const blockers = session ? blockersOf(session) : []
  const [blocker] = blockers
  const shown =
    session && (session.items.find(({ ref }) => pageOf(ref) === session.state.page) ?? session.items[0])
  const close = (): void => {
    // what cannot be made is mended or taken back here, where it can be seen
    if (session && blocker) putHardware(session.key, { page: pageOf(blocker.item) })
    else onClose()
  }
  return (
    <SessionContext value={session}>
      <Dialog
        title={`Hardware of ${view.name}`}
        icon={CodeIcon}
        width={1100}
        onClose={close}
        footer={session ? <Footer session={session} blockers={blockers} onClose={close} /> : null}
      >
        <div className="hw hw-draft">
          {problem === undefined ? null : <Note tone="error">{problem}</Note>}
          {session && shown ? (
            <div className="hw-panes">
              <HardwareList page={pageOf(shown.ref)} />
              <ItemPage item={shown} />
            </div>
          ) : (
            <p className="hw-loading" role="status">
              <Spinner /> Reading the hardware…
            </p>
          )}
        </div>
      </Dialog>
    </SessionContext>
  )
}

interface FooterProps {
  readonly session: HardwareSession
  readonly blockers: ReturnType<typeof blockersOf>
  readonly onClose: () => void
}

function Footer({ session: { key, target, changes }, blockers, onClose }: FooterProps) {
  const { openDialog } = usePlace()
  const count = countChanges(changes)
  return (
    <>
      <span className="push hw-bar-text" role="status">
        {blockers.length > 0 ? (
          <WayToBlocker blockers={blockers} />
        ) : count === 0 ? (
          'As suggested'
        ) : count === 1 ? (
          '1 change'
        ) : (
          `${count} changes`
        )}
      </span>
      {count === 0 ? null : (
        <>
          <Button onPress={() => putChanges(key, [])}>Take all back</Button>
          <Button
            isDisabled={blockers.length > 0}
            onPress={() => openDialog({ kind: 'reviewHardware', ref: target })}
          >
            Review…
          </Button>
        </>
      )}
      <Button variant="primary" disabledReason={blockers[0]?.message} onPress={onClose}>
        Done
      </Button>
    </>
  )
}
