import { isXen } from '../../../../shared/model/hardware/kind'
import { titleOf } from '../../../../shared/model/hardware/title'
import { IconButton } from '../../../ui/Button'
import { classNames } from '../../../ui/class-names'
import { DiskIcon, UndoIcon } from '../../../ui/icons/hardware'
import { FieldLine } from '../../../form/FieldLine'
import { RunsNote, WaitsNote } from '../../../form/FieldNotes'
import { Folded } from '../../../form/Folded'
import { useHardwareScope } from '../hardware-scope'
import { useSession } from '../session'
import { BootList } from './BootList'
import { useBootOrder } from './use-boot-order'
import './boot-order.css'

/** What the firmware tries to start from: every device that it can, in the order in which it does. */
export function BootOrderPanel() {
  const { values, context } = useHardwareScope()
  // containers and paravirtual guests have no firmware
  if (values['osType'] !== 'hvm') return null
  if (isXen(context)) return <FieldLine id="legacyBoot" />
  return <DeviceOrder />
}

function DeviceOrder() {
  const session = useSession()
  const { disabledReason } = useHardwareScope()
  const boot = useBootOrder()
  const { devices, order, isByKind, isChanged, waiting, running } = boot
  return (
    <>
      <div
        className={classNames('hw-field', 'hw-field-wide', isChanged && 'hw-field-changed')}
        data-field="bootOrder"
      >
        <div className="field" role="group" aria-label="Boot order">
          <span className="field-label" aria-hidden="true">
            Boot order
          </span>
          {devices.length === 0 ? (
            <div className="boot-empty">
              <DiskIcon size={18} />
              <span>
                The VM has nothing to start from. Use “Add hardware…” to give it a disk, a CD drive or a
                network card.
              </span>
            </div>
          ) : (
            <BootList
              devices={devices}
              order={order}
              isDisabled={disabledReason !== undefined}
              onChange={boot.put}
            />
          )}
          {devices.length > 0 && order.length === 0 ? (
            <span className="field-hint">
              Nothing is ticked, so the firmware decides by itself what it starts from.
            </span>
          ) : null}
          {isByKind ? (
            <span className="field-hint">
              The definition says this by kind of device, the old way. A change here gives each device a place
              of its own instead.
            </span>
          ) : null}
        </div>
        {isChanged ? (
          <IconButton
            icon={UndoIcon}
            label="Undo: Boot order"
            className="button-small hw-undo"
            isDisabled={disabledReason !== undefined}
            onPress={boot.undo}
          />
        ) : null}
        {waiting === undefined ? null : <WaitsNote why={waiting} />}
        {running ? (
          <RunsNote
            words={running.map((ref) => titleOf(session.view.items, ref)).join(', ') || 'no boot order'}
          />
        ) : null}
      </div>
      <ByKind />
    </>
  )
}

/** The old way stays within reach of those who need it, for definitions that go to other programs. */
function ByKind() {
  const { changes } = useSession()
  const { problems } = useHardwareScope()
  // an order of devices was just made, which takes the place of this one
  if (changes.some(({ kind }) => kind === 'boot-order')) return null
  const isForced =
    problems.some(({ field }) => field === 'legacyBoot') ||
    changes.some((change) => change.kind === 'set' && change.item.kind === 'boot' && setsKinds(change))
  return (
    <Folded title="Order by kind of device instead" isForced={isForced}>
      <FieldLine id="legacyBoot" />
    </Folded>
  )
}

function setsKinds(change: { values: object; unset?: readonly string[] | undefined }): boolean {
  return 'legacyBoot' in change.values || (change.unset?.includes('legacyBoot') ?? false)
}
