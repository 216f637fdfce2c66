import { useCallback, useEffect, useRef, useState } from 'react'
import { vmKey, type HostId, type VmId } from '../../../shared/model/ids'
import { isActive, type Vm } from '../../../shared/model/vm'
import { api } from '../../api/client'
import { useAnswer } from '../../api/use-answer'
import { useDetached } from '../../stores/detached'
import { useHost } from '../../stores/hosts'
import { useConsoleKeys } from '../../stores/console-keys'
import { showToast } from '../../stores/toasts'
import { useVm, useVms } from '../../stores/vms'
import { Button } from '../../ui/Button'
import { classNames } from '../../ui/class-names'
import { downloadBlob, pictureName } from '../../ui/download'
import { ConsoleNotice } from './ConsoleNotice'
import { ConsoleQuestion } from './ConsoleQuestion'
import { ConsoleToolbar } from './ConsoleToolbar'
import type { ConsoleState, Surroundings } from './console-model'
import { modifierKeysym, modifierName, sendCombo, type KeyCombo } from './keys'
import { DetachedNotice, detachConsole } from './DetachedNotice'
import { KeysDialog } from './KeysDialog'
import { noticeFor, stateDetail, stateText } from './console-text'
import { watchKeyboard } from './keyboard-grab'
import { displayEntries } from './display-menu'
import { qualityOf } from './picture-quality'
import { QualityDialog } from './QualityDialog'
import { RecordingStrip } from './RecordingStrip'
import { ResizeHint } from './ResizeHint'
import { place, type Size } from './scaling'
import { ScreenFigures } from './ScreenFigures'
import { ChangeToVncDialog } from './spice/ChangeToVncDialog'
import { ExternalViewerDialog } from './spice/ExternalViewerDialog'
import { TabletHint } from './TabletHint'
import { TypeTextDialog } from './typing/TypeTextDialog'
import { TypingStrip } from './typing/TypingStrip'
import { useTypingInto } from './typing/use-typing-into'
import { useConsole } from './use-console'
import { useDisplayChoices } from './use-display-choices'
import { useGuestClipboard, whyNoClipboard } from './use-guest-clipboard'
import { useFullScreen } from './use-full-screen'
import { useRecording } from './use-recording'
import { useViewSize } from './use-view-size'
import './console.css'

interface Props {
  readonly host: HostId
  readonly vm: VmId
  /** False while another tab of the page is shown; the stream is kept for a while. */
  readonly isVisible: boolean
  /** In the page of its VM, or in a window of its own. */
  readonly place?: 'page' | 'window'
}

/** Before the guest tells its resolution. */
const unknownSize = { width: 1024, height: 768 }

export function ConsoleTab(props: Props) {
  const { host, vm, place: where = 'page' } = props
  const key = vmKey({ host, vm })
  const isElsewhere = useDetached(({ keys }) => where === 'page' && keys.has(key))
  const name = useVm(key)?.name ?? 'this VM'
  return isElsewhere ? <DetachedNotice vm={{ host, vm }} name={name} /> : <ConsoleScreen {...props} />
}

function ConsoleScreen({ host, vm, isVisible, place: where = 'page' }: Props) {
  const ref = { host, vm }
  const record = useVm(vmKey(ref))
  const name = record?.name ?? 'this VM'
  const [display, changeDisplay] = useDisplayChoices(ref)
  const { scaleMode } = display
  const [isViewOnly, setViewOnly] = useState(false)
  const [isGrabbed, setGrabbed] = useState(false)
  const [heldNames, setHeldNames] = useState<readonly string[]>([])
  const [hasKeysDialog, setKeysDialog] = useState(false)
  const [otherDialog, setOtherDialog] = useState<'toVnc' | 'viewer' | 'quality'>()
  const root = useRef<HTMLElement>(null)
  const view = useRef<HTMLDivElement>(null)
  const target = useRef<HTMLDivElement>(null)
  const lastFrame = useRef<HTMLCanvasElement>(null)
  const firstButton = useRef<HTMLButtonElement>(null)

  const surroundings: Surroundings = {
    vm: useLifeOf(record),
    isHostConnected: useHost(host)?.status.kind === 'connected',
    isVisible,
  }
  const label = `Screen of ${name}`
  const { state, guestSize, hasLastFrame, pointer, connection, screen } = useConsole({
    host,
    vm,
    surroundings,
    label,
    isViewOnly,
    display,
    target,
    lastFrame,
  })
  const isConnected = state.kind === 'connected'
  const isSpiceOnly = state.kind === 'unavailable' && state.why === 'spice-only'
  const { isFullScreen, toggle: toggleFullScreen } = useFullScreen(isVisible)
  const { devicePixelRatio, ...viewSize } = useViewSize(view)
  const placed = place(guestSize ?? unknownSize, viewSize, scaleMode, devicePixelRatio)
  const { left, top, width, height } = placed
  const followsView = scaleMode === 'guest' && isConnected
  // noVNC asks the guest to be as big as the element, and draws what it is instead in the middle of it
  const box = followsView ? { left: 0, top: 0, ...viewSize } : { left, top, width, height }
  const notice = noticeFor(state, record)

  // only for what the console says about it; without an answer it says nothing
  const hardware = useAnswer(`console ${vmKey(ref)}`, () => api.hardware.view(ref), {
    isWanted: (isConnected || isSpiceOnly) && isVisible,
  })
  useGuestClipboard({ isGrabbed, copiesToGuest: display.copiesToGuest, screen })
  const typing = useTypingInto({
    vm: ref,
    isConnected,
    send: (keysym, code, isDown) => screen.current?.sendKey(keysym, code, isDown),
    onEnd: () => screen.current?.focus(),
  })

  const recording = useRecording({ target, name, isConnected })

  useEffect(() => {
    if (!target.current) return
    return watchKeyboard(
      target.current,
      {
        onChange: setGrabbed,
        onRelease: () => {
          screen.current?.releasePointer()
          ;(firstButton.current ?? root.current)?.focus()
        },
        onSticky: (codes) => setHeldNames(codes.map(modifierName)),
        hold: (code, isDown) => screen.current?.sendKey(modifierKeysym(code), code, isDown),
      },
      useConsoleKeys.getState,
    )
  }, [screen])

  // Typing can begin at once where nothing else has the keyboard; a tab or field being used is not robbed of it.
  useEffect(() => {
    if (!isConnected || !isVisible || isViewOnly) return
    const { activeElement } = document
    if (activeElement === document.body || activeElement === null) screen.current?.focus()
  }, [isConnected, isVisible, isViewOnly, screen])

  const send = (combo: KeyCombo): void =>
    sendCombo(combo, (keysym, code, isDown) => screen.current?.sendKey(keysym, code, isDown))

  const savePicture = useCallback(async (): Promise<void> => {
    try {
      const blob = await screen.current?.takePicture()
      if (blob) downloadBlob(blob, pictureName(name, 'png'))
    } catch {
      showToast({ tone: 'error', title: `No screenshot of ${name} could be taken` })
    }
  }, [name, screen])

  /** One pixel of the display for each of the guest, and what is around the screen as it is. */
  const fitWindow = (guest: Size): void => {
    const { innerWidth, innerHeight } = window
    void api.console.fitWindow({
      widthPx: Math.ceil(guest.width / devicePixelRatio + innerWidth - viewSize.width),
      heightPx: Math.ceil(guest.height / devicePixelRatio + innerHeight - viewSize.height),
    })
  }

  const copyPicture = async (): Promise<void> => {
    try {
      const blob = await screen.current?.takePicture()
      if (!blob) return
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })])
      showToast({ tone: 'success', title: `The screen of ${name} is on the clipboard` })
    } catch {
      showToast({ tone: 'error', title: `The screen of ${name} could not be copied` })
    }
  }

  return (
    <section
      ref={root}
      tabIndex={-1}
      className={classNames('console', isFullScreen && 'console-full')}
      aria-label={`Console of ${name}`}
    >
      <ConsoleToolbar
        isConnected={isConnected}
        stateText={stateText(state)}
        stateDetail={stateDetail(state)}
        tone={toneOf(state)}
        guestSize={isConnected ? guestSize : undefined}
        percent={placed.percent}
        displayEntries={[
          ...displayEntries(display, changeDisplay, whyNoClipboard(hardware.value), () =>
            setOtherDialog('quality'),
          ),
          ...(where === 'window' && isConnected && guestSize
            ? [{ id: 'fitWindow', label: 'Fit this window to the guest', run: () => fitWindow(guestSize) }]
            : []),
          {
            id: 'viewer',
            label: 'Show in another program…',
            disabledReason: hardware.value ? undefined : 'The hardware of the VM is not known yet',
            run: () => setOtherDialog('viewer'),
          },
        ]}
        isViewOnly={isViewOnly}
        isFullScreen={isFullScreen}
        isGrabbed={isGrabbed}
        pointer={pointer}
        firstButton={firstButton}
        heldNames={heldNames}
        onKeys={() => setKeysDialog(true)}
        onSend={(combo) => {
          send(combo)
          // After the menu has given the focus back to its button.
          requestAnimationFrame(() => screen.current?.focus())
        }}
        onTypeClipboard={typing.typeClipboard}
        onTypeText={() => typing.ask('')}
        onViewOnly={setViewOnly}
        onPicture={() => void savePicture()}
        onCopyPicture={() => void copyPicture()}
        isRecording={recording.sizeBytes !== undefined}
        onRecord={recording.start}
        onFullScreen={toggleFullScreen}
        place={where}
        onMove={() => {
          if (where === 'page') detachConsole(ref, name)
          else void api.console.attach(ref)
        }}
      />
      <div ref={view} className={classNames('console-view', `console-${scaleMode}`)} data-grabbed={isGrabbed}>
        <canvas
          ref={lastFrame}
          className="console-last-frame"
          aria-hidden="true"
          hidden={isConnected || !hasLastFrame}
          style={box}
        />
        <div
          ref={target}
          className="console-target"
          data-exact={placed.isExact}
          style={{ ...box, visibility: isConnected ? 'visible' : 'hidden' }}
        />
        {notice ? (
          <ConsoleNotice notice={notice} vm={ref} onRetry={() => connection?.retry()}>
            {isSpiceOnly && hardware.value ? (
              <div className="keys-actions">
                <Button variant="primary" onPress={() => setOtherDialog('toVnc')}>
                  Change to VNC…
                </Button>
                <Button onPress={() => setOtherDialog('viewer')}>Other viewer…</Button>
              </div>
            ) : null}
          </ConsoleNotice>
        ) : (
          <ConsoleQuestion state={state} connection={connection} />
        )}
        {isConnected && !isViewOnly && hardware.value ? (
          <TabletHint vm={ref} name={name} hardware={hardware.value} onChanged={hardware.reload} />
        ) : null}
        {followsView && !isViewOnly && guestSize && hardware.value ? (
          <ResizeHint
            guest={guestSize}
            wanted={viewSize}
            hardware={hardware.value}
            onScale={() => changeDisplay({ scaleMode: 'fit' })}
          />
        ) : null}
        {isConnected && display.showsFigures ? <ScreenFigures screen={screen} /> : null}
        <RecordingStrip {...recording} />
        <TypingStrip {...typing} />
      </div>
      {hasKeysDialog ? (
        <KeysDialog
          notNow={isConnected && !isViewOnly ? undefined : 'The screen takes no keys now'}
          onSend={send}
          onClose={() => setKeysDialog(false)}
        />
      ) : null}
      {otherDialog === 'quality' ? (
        <QualityDialog
          name={name}
          now={qualityOf(display.quality)}
          onChange={({ id }) => changeDisplay({ quality: id })}
          onClose={() => setOtherDialog(undefined)}
        />
      ) : null}
      {otherDialog === 'toVnc' && hardware.value ? (
        <ChangeToVncDialog
          vm={ref}
          name={name}
          hardware={hardware.value}
          onClose={() => {
            setOtherDialog(undefined)
            hardware.reload()
            connection?.retry()
          }}
        />
      ) : null}
      {otherDialog === 'viewer' && hardware.value ? (
        <ExternalViewerDialog
          vm={ref}
          name={name}
          hardware={hardware.value}
          onClose={() => setOtherDialog(undefined)}
        />
      ) : null}
      {typing.asked === undefined ? null : (
        <TypeTextDialog
          vmName={name}
          text={typing.asked}
          choice={typing.choice}
          onClose={typing.close}
          onType={typing.type}
        />
      )}
    </section>
  )
}

function useLifeOf(record: Vm | undefined): Surroundings['vm'] {
  const isLoaded = useVms((state) => state.isLoaded)
  if (!record) return isLoaded ? 'gone' : 'off'
  // Unknown is worth a try; the host will say.
  return isActive(record.state) || record.state === 'unknown' ? 'active' : 'off'
}

function toneOf({ kind }: ConsoleState): 'good' | 'wait' | 'none' {
  if (kind === 'connected') return 'good'
  return kind === 'opening' || kind === 'retrying' ? 'wait' : 'none'
}
