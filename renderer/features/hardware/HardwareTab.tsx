import { lazy, Suspense, useEffect, useRef, type ReactNode } from 'react'
import { vmKey, type HostId, type VmId } from '../../../shared/model/ids'
import { ErrorBox } from '../../components/ErrorBox'
import { useHost } from '../../stores/hosts'
import { useVm } from '../../stores/vms'
import { Button } from '../../ui/Button'
import { InfoIcon } from '../../ui/icons/general'
import { Spinner } from '../../ui/Spinner'
import { applyDraft } from './apply'
import { ApplyBar, canApply } from './ApplyBar'
import { HardwareList } from './HardwareList'
import { ItemPage } from './ItemPage'
import { PendingBar } from './PendingBar'
import { SessionContext, useHardwareSession } from './session'
import { pageOf, useVmHardware } from './store'
import { useHardwareView } from './use-hardware-view'
import './hardware.css'

// The editor's code is big, and most people never open it.
const XmlPage = lazy(() => import('./XmlPage').then((module) => ({ default: module.XmlPage })))

interface Props {
  readonly host: HostId
  readonly vm: VmId
  /** What has to be known before anything is changed. */
  readonly lead?: ReactNode
}

/** A VM's hardware: what it has on the left, the form of one of them on the right, what was changed below. */
export function HardwareTab({ host, vm, lead }: Props) {
  const target = { host, vm }
  const key = vmKey(target)
  const record = useVm(key)
  const isConnected = useHost(host)?.status.kind === 'connected'
  const reload = useHardwareView(target, record, isConnected)
  const session = useHardwareSession(target)
  const { error } = useVmHardware(key)
  const root = useRef<HTMLDivElement>(null)
  const latest = useRef(session)
  latest.current = session

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return
      // a dialog has an Enter of its own
      if (event.target instanceof Element && event.target.closest('[role=dialog], [role=alertdialog]')) return
      const open = latest.current
      if (!open || open.state.page === 'xml' || !canApply(open)) return
      event.preventDefault()
      event.stopPropagation()
      void applyDraft(open)
    }
    // before the focused control takes Enter for itself
    document.addEventListener('keydown', onKeyDown, true)
    return () => document.removeEventListener('keydown', onKeyDown, true)
  }, [])

  if (!session) {
    return (
      <div className="hw-empty">
        {error ? (
          <ErrorBox
            error={error}
            title="The hardware could not be read"
            actions={<Button onPress={reload}>Try again</Button>}
          />
        ) : isConnected ? (
          <p role="status" className="hw-loading">
            <Spinner /> Reading the hardware of {record?.name ?? 'the VM'}…
          </p>
        ) : (
          <p className="secondary">Connect the host to see the hardware of this VM.</p>
        )}
      </div>
    )
  }
  const { view, items, lockedReason } = session
  const wanted = session.state.page
  const shown = items.find(({ ref }) => pageOf(ref) === wanted) ?? items[0]
  const page = wanted === 'xml' || !shown ? 'xml' : pageOf(shown.ref)
  return (
    <SessionContext value={session}>
      <div className="hw" ref={root}>
        {lockedReason !== undefined || !view.isPersistent ? (
          <p className="hw-locked" role="status">
            <InfoIcon size={14} />
            <span>
              {lockedReason === undefined
                ? 'A transient VM: changes reach the running guest only, and are gone when it stops.'
                : `${lockedReason}.`}
            </span>
          </p>
        ) : null}
        {lead}
        {error ? (
          <div className="hw-top-error">
            <ErrorBox
              error={error}
              title="The hardware could not be read again"
              actions={<Button onPress={reload}>Try again</Button>}
            />
          </div>
        ) : null}
        <PendingBar />
        <div className="hw-panes">
          <HardwareList page={page} />
          {page === 'xml' || !shown ? (
            <Suspense fallback={<div className="hw-page" />}>
              <XmlPage />
            </Suspense>
          ) : (
            <ItemPage item={shown} />
          )}
        </div>
        {page === 'xml' ? null : <ApplyBar />}
      </div>
    </SessionContext>
  )
}
