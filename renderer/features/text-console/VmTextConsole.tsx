import { useRef } from 'react'
import { errorData } from '../../../shared/errors'
import { placeKey, type ConsolePlace } from '../../../shared/model/console-place'
import { vmKey, type VmRef } from '../../../shared/model/ids'
import type { TextDevice } from '../../../shared/model/text-console'
import { isActive, type Vm } from '../../../shared/model/vm'
import { api } from '../../api/client'
import { OwnWindowNotice } from '../../components/OwnWindowNotice'
import { useDetached } from '../../stores/detached'
import { useHost } from '../../stores/hosts'
import { showToast } from '../../stores/toasts'
import { EmptyState } from '../../ui/EmptyState'
import { TerminalIcon } from '../../ui/icons/hardware'
import { askBeforeStart } from '../vm-actions/ask-before-start'
import type { TextSurroundings } from './text-connection'
import type { TextAction } from './text-console-text'
import { TextConsole } from './TextConsole'
import { useBreak } from './use-break'

interface Props {
  readonly target: VmRef
  readonly record: Vm | undefined
  readonly device: TextDevice
  /** Whether the emulator can be asked for what no byte stands for. */
  readonly hasMonitor: boolean
  /** In the page of its VM, or in a window of its own. */
  readonly where?: 'page' | 'window'
}

/** A serial line, console or channel of a VM, from when it is first looked at. */
export function VmTextConsole(props: Props) {
  const { target, device, where = 'page' } = props
  const place: ConsolePlace = { ...target, text: device.id }
  const key = placeKey(place)
  const isElsewhere = useDetached(({ keys }) => where === 'page' && keys.has(key))
  if (!isElsewhere) return <Terminal {...props} />
  return (
    <section className="text-console" aria-label={labelOf(device, props.record)}>
      <OwnWindowNotice
        icon={TerminalIcon}
        onShow={() => move(place, 'window', device.label)}
        onBringBack={() => move(place, 'page', device.label)}
      />
    </section>
  )
}

function Terminal({ target, record, device, hasMonitor, where = 'page' }: Props) {
  const isHostConnected = useHost(target.host)?.status.kind === 'connected'
  const sendEntries = useBreak(target, device, hasMonitor)
  const last = useRef(record)
  if (record) last.current = record
  if (device.obstacle) {
    return (
      <EmptyState icon={TerminalIcon} title={device.obstacle.message}>
        {device.obstacle.cure}
      </EmptyState>
    )
  }
  const surroundings: TextSurroundings = { peer: peerOf(record), isHostConnected, isWanted: true }
  const act = (action: TextAction): Promise<unknown> | void => {
    if (action === 'connectHost') return api.hosts.connect({ host: target.host })
    if (action !== 'start' && action !== 'restore') return
    if (askBeforeStart(action, [target])) return
    return api.vms.power({ ...target, action })
  }
  return (
    <TextConsole
      key={`${vmKey(target)} ${device.id}`}
      label={labelOf(device, last.current)}
      surroundings={surroundings}
      hasSavedState={record?.hasSavedState === true}
      comesBack
      hasSizeHint={device.kind !== 'channel' && device.kind !== 'parallel'}
      sendEntries={sendEntries}
      open={(isForced) => api.textConsole.open({ ...target, device: device.id, isForced })}
      onAction={act}
      move={{
        to: where === 'page' ? 'window' : 'page',
        run: () => move({ ...target, text: device.id }, where === 'page' ? 'window' : 'page', device.label),
      }}
    />
  )
}

function labelOf(device: TextDevice, record: Vm | undefined): string {
  return `${device.label} of ${record?.name ?? 'this VM'}`
}

function move(place: ConsolePlace, to: 'window' | 'page', label: string): void {
  const moved = to === 'window' ? api.console.detach(place) : api.console.attach(place)
  moved.catch((error: unknown) =>
    showToast({ tone: 'error', title: `${label} stays where it is`, error: errorData(error) }),
  )
}

function peerOf(record: Vm | undefined): TextSurroundings['peer'] {
  if (!record) return 'gone'
  return isActive(record.state) || record.state === 'unknown' ? 'active' : 'off'
}
