import { useMemo, useRef, useState } from 'react'
import { errorData, type ErrorData } from '../../../../shared/errors'
import { valuesSchema } from '../../../../shared/model/hardware/change'
import { plain, type Values } from '../../../../shared/model/hardware/field'
import type { HostId } from '../../../../shared/model/ids'
import { networkModes } from '../../../../shared/model/networks/modes'
import { checkNetwork } from '../../../../shared/model/networks/network-check'
import { networkDefaults } from '../../../../shared/model/networks/network-defaults'
import { api } from '../../../api/client'
import { ErrorBox } from '../../../components/ErrorBox'
import { formProblems } from '../../../form/plain-scope'
import { SimpleForm } from '../../../form/SimpleForm'
import { closeDialog } from '../../../stores/dialogs'
import { useHost } from '../../../stores/hosts'
import { useClaimedTask } from '../../../stores/use-claimed-task'
import { Button } from '../../../ui/Button'
import { Checkbox } from '../../../ui/Checkbox'
import { Dialog } from '../../../ui/Dialog'
import { NetworkIcon } from '../../../ui/icons/hardware'
import { whyLocked } from '../../hosts/why-locked'
import { Conflicts, PreviewView } from '../PreviewView'
import { saveNetwork, tellOutcome } from '../save-network'
import { openNetworkPage } from '../store'
import { useNetworkPreview } from '../use-preview'
import { ModeList } from './ModeList'
import { changedMode, networkForm, newOf, withoutMode } from './network-form'
import { useLoadedNetwork, type Loaded } from './use-loaded-network'
import { WaitingForm } from './WaitingForm'

interface Props {
  readonly host: HostId
  /** Absent: a new one. */
  readonly network: string | undefined
}

/** Makes a network or changes one, by a form that is drawn from its kind. */
export function EditNetworkDialog({ host: id, network }: Props) {
  const { loaded, error: loadError } = useLoadedNetwork(id, network)
  const view = loaded?.view
  const isNew = network === undefined
  const host = useHost(id)
  const [typed, setTyped] = useState<Values>()
  const values = useMemo(() => typed ?? initialValues(isNew, loaded), [typed, isNew, loaded])
  const [start, setStart] = useState(true)
  const [autostart, setAutostart] = useState(true)
  const [isTried, setTried] = useState(false)
  const [isReviewing, setReviewing] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorData>()
  const run = useClaimedTask()
  const form = useRef<HTMLDivElement>(null)
  // what overlaps is told by the preview, which knows the host's routes as well
  const problems = useMemo(
    () => (loaded ? checkNetwork(values, { ...loaded.context, subnets: [] }).map(withoutMode) : []),
    [values, loaded],
  )
  const isFine = loaded !== undefined && formProblems(networkForm, values, problems).length === 0
  const isChanged = loaded !== undefined && JSON.stringify(values) !== JSON.stringify(view?.values)
  const preview = useNetworkPreview(id, network, isFine && isChanged ? { values } : undefined)
  const mode = plain(values['mode'])
  const lockedReason = host ? whyLocked(host) : 'The host was removed'

  const choose = (next: string): void => {
    if (!loaded) return
    setError(undefined)
    setTyped((isNew ? newOf : changedMode)(next, values, loaded.context))
  }
  const check = (): boolean => {
    setTried(true)
    if (isFine) return true
    // after the problems are drawn
    requestAnimationFrame(() =>
      form.current?.querySelector('.hw-problem-error, .field-error')?.scrollIntoView({ block: 'center' }),
    )
    return false
  }
  const save = async (): Promise<void> => {
    if (!loaded || !check() || isBusy || lockedReason !== undefined) return
    setBusy(true)
    setError(undefined)
    try {
      if (isNew) {
        await run(() =>
          api.networks.create({ host: id, values: valuesSchema.parse(values), start, autostart }),
        )
        openNetworkPage(id, `network:${plain(values['name'])}`)
        closeDialog()
      } else if (view) {
        const { name, isActive } = view.network
        const outcome = await saveNetwork({
          host: id,
          network: name,
          base: view.base,
          values: valuesSchema.parse(values),
        })
        openNetworkPage(id, `network:${plain(values['name'])}`)
        closeDialog()
        tellOutcome(id, plain(values['name']), isActive, outcome)
      }
    } catch (reason) {
      setError(errorData(reason))
      setReviewing(false)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={isNew ? 'New network' : `Edit network ${network}`}
      icon={NetworkIcon}
      width={1000}
      onClose={closeDialog}
      onSubmit={() => void save()}
      footer={
        <>
          {isNew ? (
            <div className="push net-dialog-checks">
              <Checkbox isSelected={start} onChange={setStart}>
                Start it now
              </Checkbox>
              <Checkbox isSelected={autostart} onChange={setAutostart}>
                Start it with the host
              </Checkbox>
            </div>
          ) : null}
          <Button onPress={closeDialog}>Cancel</Button>
          {isReviewing ? (
            <Button onPress={() => setReviewing(false)}>Back to the form</Button>
          ) : (
            <Button isDisabled={!isChanged} keepsFocus onPress={() => check() && setReviewing(true)}>
              Review…
            </Button>
          )}
          <Button
            type="submit"
            variant="primary"
            isBusy={isBusy}
            isDisabled={!isChanged}
            keepsFocus
            disabledReason={lockedReason}
          >
            {isNew ? 'Create' : 'Save'}
          </Button>
        </>
      }
    >
      {error ? (
        <ErrorBox error={error} title={isNew ? 'The network was not made' : 'The network was not changed'} />
      ) : null}
      {isReviewing ? (
        <div className="net-dialog-review">
          <PreviewView
            preview={preview}
            label={isNew ? 'The new network' : `Changes to ${network}`}
            isNew={isNew}
            isActive={view?.network.isActive ?? false}
          />
        </div>
      ) : (
        <div className="net-dialog">
          {/* nothing can be chosen before the host has said what is taken */}
          <div className="net-modes-frame" inert={loaded === undefined}>
            <ModeList modes={networkModes} selected={mode} onChoose={choose} />
          </div>
          <div className="net-dialog-form" ref={form}>
            {loaded === undefined ? (
              <WaitingForm error={loadError} />
            ) : (
              <>
                <Conflicts conflicts={isFine ? (preview.value?.conflicts ?? []) : []} />
                {isFine && preview.error ? (
                  <ErrorBox error={preview.error} title="The host would not take this" />
                ) : null}
                <SimpleForm
                  key={mode}
                  host={id}
                  kind={networkForm}
                  values={values}
                  onChange={(next) => {
                    setError(undefined)
                    setTyped(next)
                  }}
                  problems={problems}
                  isTried={isTried}
                />
              </>
            )}
          </div>
        </div>
      )}
    </Dialog>
  )
}

/** Until the host has answered, what is known of a new one without it: its kind. */
function initialValues(isNew: boolean, loaded: Loaded | undefined): Values {
  if (loaded) return loaded.view?.values ?? networkDefaults(loaded.context)
  return isNew ? { mode: networkModes[0][0] } : {}
}
