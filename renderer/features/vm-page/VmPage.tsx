import { lazy, Suspense, useEffect, useRef } from 'react'
import type { VmTab } from '../../../shared/ipc/contract'
import { vmKey, type HostId, type VmRef } from '../../../shared/model/ids'
import { vmStateText, type Vm } from '../../../shared/model/vm'
import { AlarmMark } from '../../components/AlarmMark'
import { StateIcon } from '../../components/StateIcon'
import { ForeignMark } from '../../components/ForeignMark'
import { TemplateMark } from '../../components/TemplateMark'
import { useAlarmsOf } from '../../stores/alarms'
import { useHost } from '../../stores/hosts'
import { go, listRoute, openVm } from '../../stores/route'
import { usePendingTask } from '../../stores/tasks'
import { useVm } from '../../stores/vms'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { VmIcon } from '../../ui/icons/objects'
import { Spinner } from '../../ui/Spinner'
import { Tabs } from '../../ui/Tabs'
import { DiskJobStrip } from '../disk-jobs/DiskJobStrip'
import { hasUnapplied, pageOf, putHardware, useHardwareStore } from '../hardware/store'
import { InstallMediaNote } from '../install-media/InstallMediaNote'
import { SavedStateNote } from '../saves/SavedStateNote'
import { pendingText } from '../vm-actions/actions'
import { PowerToolbar } from '../vm-actions/PowerToolbar'
import { runShortcut } from '../vm-actions/shortcuts'
import './vm-page.css'

// Charts and the console's protocol are big; the table does not wait for them.
const VmOverviewTab = lazy(() =>
  import('../vm-overview/VmOverviewTab').then((module) => ({ default: module.VmOverviewTab })),
)
const PerformanceTab = lazy(() =>
  import('../performance/PerformanceTab').then((module) => ({ default: module.PerformanceTab })),
)
const HardwareTab = lazy(() =>
  import('../hardware/HardwareTab').then((module) => ({ default: module.HardwareTab })),
)
const SnapshotsTab = lazy(() =>
  import('../snapshots/SnapshotsTab').then((module) => ({ default: module.SnapshotsTab })),
)
const BackupsTab = lazy(() =>
  import('../backups/BackupsTab').then((module) => ({ default: module.BackupsTab })),
)
const ConsoleTab = lazy(() =>
  import('../console/ConsoleTab').then((module) => ({ default: module.ConsoleTab })),
)
const CommandTab = lazy(() =>
  import('../vm-command/CommandTab').then((module) => ({ default: module.CommandTab })),
)
const ConsoleFrame = lazy(() =>
  import('../text-console/ConsoleFrame').then((module) => ({ default: module.ConsoleFrame })),
)

interface Props {
  readonly target: VmRef
  readonly tab: VmTab
}

/** Everything about one VM. Mounted anew for each VM, so nothing of one shows up in another. */
export function VmPage({ target, tab }: Props) {
  const vm = useVm(vmKey(target))
  const isUnapplied = useHardwareStore(({ byVm }) => {
    const hardware = byVm[vmKey(target)]
    return hardware !== undefined && hasUnapplied(hardware)
  })
  const isCommandTold = useTellsCommand(target.host)
  const last = useRef<Vm | undefined>(undefined)
  if (vm) last.current = vm
  if (!vm) return <VmGone name={last.current?.name} target={target} />
  return (
    <main className="page" aria-label={`Virtual machine ${vm.name}`}>
      <Shortcuts vm={vm} />
      <VmHeader vm={vm} target={target} />
      <DiskJobStrip target={target} record={vm} />
      <Tabs
        label={`Pages of ${vm.name}`}
        selected={tab === 'command' && !isCommandTold ? 'overview' : tab}
        onSelect={(id) => openVm(target, id)}
        tabs={[
          {
            id: 'overview',
            label: 'Overview',
            content: (
              <div className="vm-scroll">
                <Suspense fallback={<Loading />}>
                  <VmOverviewTab
                    host={target.host}
                    vm={target.vm}
                    lead={
                      <>
                        <SavedStateNote target={target} record={vm} />
                        <InstallMediaNote target={target} record={vm} />
                      </>
                    }
                  />
                </Suspense>
              </div>
            ),
          },
          {
            id: 'performance',
            label: 'Performance',
            content: (
              <Suspense fallback={<Loading />}>
                <PerformanceTab target={target} record={vm} />
              </Suspense>
            ),
          },
          {
            id: 'hardware',
            label: 'Hardware',
            mark: isUnapplied ? 'Changes not applied yet' : undefined,
            content: (
              <Suspense fallback={<Loading />}>
                <HardwareTab
                  host={target.host}
                  vm={target.vm}
                  lead={<SavedStateNote target={target} record={vm} isOverHardware />}
                />
              </Suspense>
            ),
          },
          {
            id: 'snapshots',
            label: 'Snapshots',
            content: (
              <Suspense fallback={<Loading />}>
                <SnapshotsTab host={target.host} vm={target.vm} />
              </Suspense>
            ),
          },
          {
            id: 'backups',
            label: 'Backups',
            content: (
              <div className="vm-scroll">
                <Suspense fallback={<Loading />}>
                  <BackupsTab target={target} record={vm} />
                </Suspense>
              </div>
            ),
          },
          ...(isCommandTold
            ? [
                {
                  id: 'command' as const,
                  label: 'Command',
                  content: (
                    <Suspense fallback={<Loading />}>
                      <CommandTab
                        target={target}
                        record={vm}
                        onShowItem={(item) => {
                          putHardware(vmKey(target), { page: pageOf(item) })
                          openVm(target, 'hardware')
                        }}
                      />
                    </Suspense>
                  ),
                },
              ]
            : []),
          {
            id: 'console',
            label: 'Console',
            isKept: true,
            content: (
              <Suspense fallback={<Loading />}>
                <KeptConsole target={target} record={vm} isVisible={tab === 'console'} />
              </Suspense>
            ),
          },
        ]}
      />
    </main>
  )
}

/** As the host said when it was last connected: a page does not go while its host is away. */
function useTellsCommand(id: HostId): boolean {
  const status = useHost(id)?.status
  const told = useRef(false)
  if (status?.kind === 'connected') told.current = status.features.tellsCommand === true
  return told.current
}

/** Connects when it is first looked at, and then stays connected while the page is open. */
function KeptConsole({ target, record, isVisible }: { target: VmRef; record: Vm; isVisible: boolean }) {
  const wasVisible = useRef(false)
  wasVisible.current ||= isVisible
  if (!wasVisible.current) return null
  return (
    <ConsoleFrame
      target={target}
      record={record}
      isVisible={isVisible}
      renderScreen={(isScreenVisible) => (
        <ConsoleTab host={target.host} vm={target.vm} isVisible={isScreenVisible} />
      )}
    />
  )
}

function VmHeader({ vm, target }: { vm: Vm; target: VmRef }) {
  const host = useHost(target.host)
  const task = usePendingTask(target)
  const alarms = useAlarmsOf(target)
  const isStale = host?.status.kind !== 'connected'
  const state = task ? pendingText(task) : `${vmStateText[vm.state]}${isStale ? ' when last seen' : ''}`
  return (
    <header className="page-header vm-header">
      <StateIcon state={vm.state} size={18} />
      <h1 className="truncate" title={vm.name}>
        {vm.name}
      </h1>
      {vm.isTemplate === true ? <TemplateMark /> : null}
      {vm.isForeign === true ? <ForeignMark /> : null}
      <AlarmMark alarms={alarms} />
      <span className="vm-status" role="status">
        {task ? <Spinner size={12} /> : null}
        {state}
        {!task && vm.stateReason !== undefined ? <span className="vm-reason"> {vm.stateReason}</span> : null}
      </span>
      <Button
        variant="quiet"
        className="button-small vm-host"
        tooltip="Show the host"
        onPress={() => go(listRoute(target.host))}
      >
        {host?.label ?? 'Unknown host'}
      </Button>
      <div className="page-actions">
        <PowerToolbar vms={[vm]} />
      </div>
    </header>
  )
}

function VmGone({ name, target }: { name: string | undefined; target: VmRef }) {
  const host = useHost(target.host)
  return (
    <main className="page" aria-label="Virtual machine">
      <EmptyState
        icon={VmIcon}
        title={name === undefined ? 'This virtual machine is not there' : `${name} no longer exists`}
        actions={
          <Button variant="primary" onPress={() => go(listRoute(host ? target.host : undefined))}>
            {host ? `Show ${host.label}` : 'Show all virtual machines'}
          </Button>
        }
      >
        {host
          ? 'It was deleted, or it was transient and stopped. If it comes back, it appears here again.'
          : 'Its host was removed from the list.'}
      </EmptyState>
    </main>
  )
}

function Loading() {
  return (
    <div className="vm-loading" role="status" aria-label="Loading">
      <Spinner size={20} />
    </div>
  )
}

/** The verbs' shortcuts act on the page's VM wherever the focus is, except in places that use keys themselves. */
function Shortcuts({ vm }: { vm: Vm }) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || usesKeys(event.target)) return
      if (runShortcut(event, [vm])) event.preventDefault()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [vm])
  return null
}

const keyUsers =
  'input, textarea, select, canvas, [role=textbox], [role=dialog], [role=alertdialog], [role=menu], [role=tree]'

function usesKeys(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(keyUsers) !== null
}
