import { lazy, Suspense, useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import type { ConsoleOffer } from '../../../shared/model/console'
import { vmKey, type VmRef } from '../../../shared/model/ids'
import type { TextDevice } from '../../../shared/model/text-console'
import type { Vm } from '../../../shared/model/vm'
import { api } from '../../api/client'
import { useAnswer } from '../../api/use-answer'
import { useHost } from '../../stores/hosts'
import { IconButton } from '../../ui/Button'
import { MoreIcon } from '../../ui/icons/general'
import { SideBySideIcon } from '../../ui/icons/objects'
import { MenuButton } from '../../ui/Menu'
import { SplitHandle } from '../../ui/SplitHandle'
import { VmTextConsole } from './VmTextConsole'
import './text-console.css'

interface Props {
  readonly target: VmRef
  readonly record: Vm | undefined
  /** False while another page of the VM is shown. */
  readonly isVisible: boolean
  readonly renderScreen: (isVisible: boolean) => ReactNode
}

const MonitorPane = lazy(() =>
  import('./monitor/MonitorPane').then((module) => ({ default: module.MonitorPane })),
)

const screenId = 'screen'
/** No device can have it: an alias has no space. */
const monitorId = 'the monitor'
const none: readonly TextDevice[] = []
/** Less shows no console that can be used. */
const narrowestPx = 280

/**
 * All consoles of a VM in one place: its screen, and each device that carries text. What was opened once stays open
 * behind the others, so that nothing of it is lost. Two can be seen side by side.
 */
export function ConsoleFrame({ target, record, isVisible, renderScreen }: Props) {
  const isConnected = useHost(target.host)?.status.kind === 'connected'
  const key = `${vmKey(target)} ${isConnected} ${record?.state}`
  const devices = useAnswer(`text devices ${key}`, () => api.textConsole.devices(target), {
    isWanted: isConnected,
  })
  const offer = useAnswer(`console offer ${key}`, () => api.console.offer(target), { isWanted: isConnected })
  const [known, setKnown] = useState<readonly TextDevice[]>(none)
  const monitor = useAnswer(`monitor offer ${key}`, () => api.qemuMonitor.offer(target), {
    isWanted: isConnected,
  })
  const [hasMonitor, setHasMonitor] = useState(false)
  const isThere = monitor.value && (monitor.value.kind === 'available' || monitor.value.why === 'shut-off')
  if (isThere !== undefined && isThere !== hasMonitor) setHasMonitor(isThere)
  // while they are asked anew, and while the host is away, those from before are shown
  if (devices.value !== undefined && devices.value !== known) setKnown(devices.value)

  const [chosen, setChosen] = useState<string>()
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  const usual = hasNoScreen(offer.value) ? known.find(({ obstacle }) => obstacle === undefined) : undefined
  const isDecided = offer.value !== undefined || offer.error !== undefined || !isConnected
  const selected = chosen ?? usual?.id ?? (isDecided ? screenId : undefined)
  const [wished, setBeside] = useState<string>()
  const [besidePx, setBesidePx] = useState(narrowestPx)
  const panels = useRef<HTMLDivElement>(null)

  const shown = known.filter(({ id, obstacle }) => obstacle === undefined || id === selected)
  const others = known.filter((device) => !shown.includes(device))
  const panes = [
    { id: screenId, label: 'Screen' },
    ...shown.map(({ id, label }) => ({ id, label })),
    ...(hasMonitor ? [{ id: monitorId, label: 'Monitor' }] : []),
  ]
  // a device may be unplugged
  const beside = panes.some(({ id }) => id === wished) && wished !== selected ? wished : undefined
  const isShown = (id: string): boolean => id === selected || id === beside
  const unopened = isVisible ? panes.filter(({ id }) => isShown(id) && !opened.has(id)) : []
  if (unopened.length > 0) setOpened(new Set([...opened, ...unopened.map(({ id }) => id)]))

  const choose = (id: string): void => {
    // the one beside changes places with it
    if (id === beside) setBeside(selected)
    setChosen(id)
  }
  const split = (id: string): void => {
    if (beside === undefined) setBesidePx(Math.round((panels.current?.clientWidth ?? 0) / 2))
    setBeside(id)
  }
  const contentOf = (id: string): ReactNode => {
    if (id === screenId) return renderScreen(isVisible && isShown(screenId))
    if (id === monitorId)
      return (
        <Suspense fallback={null}>
          <MonitorPane target={target} record={record} />
        </Suspense>
      )
    const device = known.find((one) => one.id === id)
    return device ? (
      <VmTextConsole target={target} record={record} device={device} hasMonitor={hasMonitor} />
    ) : null
  }
  return (
    <Tabs
      className="consoles"
      selectedKey={selected ?? screenId}
      onSelectionChange={(id) => choose(String(id))}
    >
      {panes.length === 1 && known.length === 0 ? null : (
        <div className="consoles-strip">
          <TabList className="consoles-list" aria-label={`Consoles of ${record?.name ?? 'this VM'}`}>
            {panes.map(({ id, label }) => (
              <Tab key={id} id={id} className="consoles-tab">
                {label}
                <GuestName name={known.find((one) => one.id === id)?.guestName} />
              </Tab>
            ))}
          </TabList>
          {others.length === 0 ? null : (
            <MenuButton
              label="Devices that cannot be opened"
              entries={others.map(({ id, label, guestName }) => ({
                id,
                label: guestName === undefined ? label : `${label}: ${guestName}`,
                run: () => setChosen(id),
              }))}
            >
              <IconButton icon={MoreIcon} label="Devices that cannot be opened" className="button-small" />
            </MenuButton>
          )}
          {panes.length === 1 ? null : (
            <MenuButton
              label="Side by side"
              entries={[
                ...panes
                  .filter(({ id }) => id !== selected)
                  .map(({ id, label }) => ({
                    id,
                    label: `${label} beside it`,
                    isChecked: id === beside,
                    run: () => (id === beside ? setBeside(undefined) : split(id)),
                  })),
              ]}
            >
              <IconButton
                icon={SideBySideIcon}
                label="Side by side"
                className="button-small consoles-beside"
              />
            </MenuButton>
          )}
        </div>
      )}
      <div className="consoles-panels" ref={panels}>
        {panes.map(({ id }) => (
          <Pane key={id} id={id} isShown={isShown(id)} widthPx={id === beside ? besidePx : undefined}>
            {opened.has(id) ? contentOf(id) : null}
          </Pane>
        ))}
        {beside === undefined ? null : (
          <SplitHandle
            label="Width of the second console"
            edge="right"
            sizePx={besidePx}
            minPx={narrowestPx}
            maxPx={Math.max(narrowestPx, (panels.current?.clientWidth ?? 0) - narrowestPx)}
            onResize={setBesidePx}
          />
        )}
      </div>
    </Tabs>
  )
}

interface PaneProps {
  readonly id: string
  readonly isShown: boolean
  /** Of the one beside. */
  readonly widthPx: number | undefined
  readonly children: ReactNode
}

function Pane({ id, isShown, widthPx, children }: PaneProps) {
  const element = useRef<HTMLDivElement>(null)
  // panels of tabs let nobody in but into the chosen one
  useLayoutEffect(() => {
    if (element.current) element.current.inert = !isShown
  })
  return (
    <TabPanel
      ref={element}
      id={id}
      className="consoles-panel"
      shouldForceMount
      data-shown={isShown || undefined}
      data-beside={widthPx === undefined ? undefined : true}
      style={widthPx === undefined ? {} : { width: widthPx }}
    >
      {children}
    </TabPanel>
  )
}

function GuestName({ name }: { name: string | undefined }) {
  return name === undefined ? null : <span className="consoles-guest-name">{name}</span>
}

function hasNoScreen(offer: ConsoleOffer | undefined): boolean {
  return offer?.kind === 'none' && (offer.why === 'serial-only' || offer.why === 'no-display')
}
