import { useCallback, useMemo, useRef, useState } from 'react'
import { cpuset, problemOf } from '../../../../shared/model/hardware/field'
import { valuesOf } from '../../../../shared/model/hardware/kind'
import { Button, IconButton } from '../../../ui/Button'
import { classNames } from '../../../ui/class-names'
import { ChevronDownIcon } from '../../../ui/icons/general'
import { UndoIcon } from '../../../ui/icons/hardware'
import { MenuButton } from '../../../ui/Menu'
import { UnitField } from '../../../ui/UnitField'
import { FieldNotes, WaitsNote } from '../../../form/FieldNotes'
import { useHardwareScope } from '../hardware-scope'
import { useHostDetails } from '../../../form/host-data'
import { CpuMap } from './CpuMap'
import { hostNodes } from './host-map'
import { cleared, pinPresets } from './pin-presets'
import { pinned, pinnedCpus, pinOf, pinTargets, targetKey, targetTitle, withCpus } from './pins'
import { PinTargets } from './PinTargets'
import './cpu-pinning.css'

const fields = ['vcpuPins', 'emulatorPin', 'ioThreadPins']
const setField = { label: 'Host CPUs', type: cpuset }

/** On the left what can be placed, on the right the host's CPUs; below the same as text, for exact sets. */
export function CpuPinningPanel() {
  const scope = useHardwareScope()
  const { values, set, context, target: vm, disabledReason, isChanged, undo } = scope
  const details = useHostDetails(vm.host)
  const cells = details.value?.cells
  const nodes = useMemo(
    () => (details.isLoading && !cells ? [] : hostNodes(cells ?? [], context.hostCpus)),
    [cells, details.isLoading, context.hostCpus],
  )
  const cpu = valuesOf(context, 'cpu')
  const vcpus = typeof cpu['maximum'] === 'number' ? cpu['maximum'] : 1
  const targets = pinTargets(values, vcpus)
  const [wanted, setWanted] = useState<ReadonlySet<string>>(() => new Set(['vcpu 0']))
  const found = targets.filter((one) => wanted.has(targetKey(one)))
  const chosen = found.length > 0 ? found : targets.slice(0, 1)
  const chosenKeys = new Set(chosen.map(targetKey))
  const sets = chosen.map((one) => pinnedCpus(values, one))
  const inAll = new Set([...(sets[0] ?? [])].filter((one) => sets.every((cpus) => cpus.has(one))))
  const others = new Map<number, string[]>()
  for (const one of targets) {
    if (chosenKeys.has(targetKey(one))) continue
    for (const number of pinnedCpus(values, one)) {
      const known = others.get(number)
      if (known) known.push(targetTitle(one))
      else others.set(number, [targetTitle(one)])
    }
  }
  const isDisabled = disabledReason !== undefined
  const change = (cpus: readonly number[], isOn: boolean): void =>
    set(
      pinned(
        values,
        chosen.map((one) => ({ target: one, cpus: withCpus(pinnedCpus(values, one), cpus, isOn) })),
      ),
    )
  const onMap = useLatest(change)
  const texts = new Set(chosen.map((one) => pinOf(values, one) ?? ''))
  const text = texts.size === 1 ? ([...texts][0] ?? '') : ''
  const label = chosen.length === 1 && chosen[0] ? targetTitle(chosen[0]) : `${chosen.length} selected ones`
  const absent = typeof cpu['cpuset'] === 'string' ? `As the VM: ${cpu['cpuset']}` : 'Anywhere'
  const changed = fields.filter(isChanged)
  const waiting = changed.map(scope.waitingAt).find((why) => why !== undefined)
  const threads = typeof cpu['threads'] === 'number' ? cpu['threads'] : 1
  return (
    <div
      className={classNames('hw-field', 'hw-field-wide', changed.length > 0 && 'hw-field-changed')}
      data-field="pinning"
    >
      <div className="field pin-panel" role="group" aria-label="Pinning">
        <div className="pin-top">
          <span className="field-hint">
            Choose on the left, then click or drag over the host’s CPUs. What is pinned keeps its caches, and
            the host can no longer move it aside.
          </span>
          {nodes.length === 0 ? null : (
            <MenuButton
              label="Place virtual CPUs"
              entries={pinPresets(values, nodes, vcpus, threads).map((preset) => ({
                id: preset.id,
                label: preset.label,
                ...(preset.disabledReason === undefined ? {} : { disabledReason: preset.disabledReason }),
                run: () => set(preset.values),
              }))}
            >
              <Button className="button-small" endIcon={ChevronDownIcon} isDisabled={isDisabled}>
                Presets
              </Button>
            </MenuButton>
          )}
          <Button
            className="button-small"
            isDisabled={isDisabled || fields.every((id) => values[id] === undefined)}
            keepsFocus
            onPress={() => set(cleared)}
          >
            Clear
          </Button>
        </div>
        <div className={classNames('pin-panes', nodes.length === 0 && 'pin-panes-bare')}>
          <PinTargets
            targets={targets}
            pinOf={(one) => pinOf(values, one)}
            absent={absent}
            chosen={chosenKeys}
            onChange={setWanted}
          />
          {nodes.length === 0 ? (
            <p className="secondary pin-no-map">
              {details.isLoading
                ? 'Asking the host for its CPUs…'
                : 'The host’s CPUs cannot be drawn here. Type their numbers below.'}
            </p>
          ) : (
            <CpuMap
              nodes={nodes}
              label={label}
              chosen={inAll}
              others={others}
              isDisabled={isDisabled}
              onChange={onMap}
            />
          )}
        </div>
        <UnitField
          className="field pin-text"
          label={`Host CPUs of ${label}`}
          value={text}
          placeholder={texts.size === 1 ? absent : 'Different ones'}
          isMono
          isDisabled={isDisabled}
          error={problemOf(setField, text)}
          onChange={(next) =>
            set(
              pinned(
                values,
                chosen.map((one) => ({ target: one, cpus: next })),
              ),
            )
          }
        />
      </div>
      {changed.length > 0 && undo ? (
        <IconButton
          icon={UndoIcon}
          label="Undo: Pinning"
          className="button-small hw-undo"
          onPress={() => {
            for (const id of changed) undo(id)
          }}
        />
      ) : null}
      {fields.map((id) => (
        <FieldNotes key={id} id={id} isWithoutWaiting />
      ))}
      {waiting === undefined ? null : <WaitsNote why={waiting} />}
    </div>
  )
}

/** Always the same function, so that what is drawn hundreds of times need not be drawn again for a new one. */
function useLatest<Args extends readonly unknown[]>(run: (...args: Args) => void): (...args: Args) => void {
  const latest = useRef(run)
  latest.current = run
  return useCallback((...args: Args) => latest.current(...args), [])
}
