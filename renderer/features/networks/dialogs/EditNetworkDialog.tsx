import { useEffect, useMemo, useRef, useState } from 'react'
import { errorData, type ErrorData } from '../../../../shared/errors'
import { valuesSchema } from '../../../../shared/model/hardware/change'
import { plain, type Values } from '../../../../shared/model/hardware/field'
import type { Problem } from '../../../../shared/model/hardware/kind'
import type { HostChoices, Listed } from '../../../../shared/model/host-choices'
import type { HostId } from '../../../../shared/model/ids'
import type { Network, NetworkView } from '../../../../shared/model/networks/network'
import { networkModes } from '../../../../shared/model/networks/modes'
import { checkNetwork } from '../../../../shared/model/networks/network-check'
import {
  modeValues,
  networkDefaults,
  type NetworkContext,
} from '../../../../shared/model/networks/network-defaults'
import { networkKind } from '../../../../shared/model/networks/network-kind'
import { api } from '../../../api/client'
import { ErrorBox } from '../../../components/ErrorBox'
import { formProblems } from '../../../form/plain-scope'
import type { FormKind } from '../../../form/scope'
import { SimpleForm } from '../../../form/SimpleForm'
import { closeDialog } from '../../../stores/dialogs'
import { useHost } from '../../../stores/hosts'
import { useClaimedTask } from '../../../stores/use-claimed-task'
import { Button } from '../../../ui/Button'
import { Checkbox } from '../../../ui/Checkbox'
import { Dialog } from '../../../ui/Dialog'
import { NetworkIcon } from '../../../ui/icons/hardware'
import { Spinner } from '../../../ui/Spinner'
import { whyLocked } from '../../hosts/why-locked'
import { networkContext } from '../network-context'
import { Conflicts, PreviewView } from '../PreviewView'
import { saveNetwork, tellOutcome } from '../save-network'
import { openNetworkPage } from '../store'
import { useNetworkPreview } from '../use-preview'
import { ModeList } from './ModeList'

interface Props {
  readonly host: HostId
  /** Absent: a new one. */
  readonly network: string | undefined
}

interface Loaded {
  readonly context: NetworkContext
  readonly view?: NetworkView
}

/** The kind is chosen from a list of its own, which has room to say what each means. */
const formKind: FormKind = {
  ...networkKind,
  groups: networkKind.groups.map((group) => ({
    ...group,
    fields: group.fields.filter((id) => id !== 'mode'),
  })),
}

/** Makes a network or changes one, by a form that is drawn from its kind. */
export function EditNetworkDialog({ host, network }: Props) {
  const { loaded, error } = useLoaded(host, network)
  if (loaded) return <Form key={loaded.view?.base ?? 'new'} host={host} network={network} loaded={loaded} />
  return (
    <Dialog
      title={network === undefined ? 'New network' : `Edit network ${network}`}
      icon={NetworkIcon}
      width={1000}
      onClose={closeDialog}
    >
      {error ? (
        <ErrorBox error={error} title="The networks of this host could not be read" />
      ) : (
        <p className="host-waiting" role="status">
          <Spinner /> Looking at what the host has…
        </p>
      )}
    </Dialog>
  )
}

function Form({ host: id, network, loaded }: Props & { loaded: Loaded }) {
  const { context, view } = loaded
  const isNew = view === undefined
  const host = useHost(id)
  const [values, setValues] = useState<Values>(view?.values ?? networkDefaults(context))
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
    () => checkNetwork(values, { ...context, subnets: [] }).map(withoutMode),
    [values, context],
  )
  const isFine = formProblems(formKind, values, problems).length === 0
  const isChanged = isNew || JSON.stringify(values) !== JSON.stringify(view.values)
  const preview = useNetworkPreview(id, network, isFine && isChanged ? { values } : undefined)
  const mode = plain(values['mode'])
  const lockedReason = host ? whyLocked(host) : 'The host was removed'

  const choose = (next: string): void => {
    setError(undefined)
    setValues(isNew ? newOf(next, values, context) : changedMode(next, values, context))
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
    if (!check() || isBusy || lockedReason !== undefined) return
    setBusy(true)
    setError(undefined)
    try {
      if (view === undefined) {
        await run(() =>
          api.networks.create({ host: id, values: valuesSchema.parse(values), start, autostart }),
        )
        openNetworkPage(id, `network:${plain(values['name'])}`)
        closeDialog()
      } else {
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
      title={isNew ? 'New network' : `Edit network ${view.network.name}`}
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
            label={isNew ? 'The new network' : `Changes to ${view.network.name}`}
            isNew={isNew}
            isActive={view?.network.isActive ?? false}
          />
        </div>
      ) : (
        <div className="net-dialog">
          <ModeList modes={networkModes} selected={mode} onChoose={choose} />
          <div className="net-dialog-form" ref={form}>
            <Conflicts conflicts={isFine ? (preview.value?.conflicts ?? []) : []} />
            {isFine && preview.error ? (
              <ErrorBox error={preview.error} title="The host would not take this" />
            ) : null}
            <SimpleForm
              key={mode}
              host={id}
              kind={formKind}
              values={values}
              onChange={(next) => {
                setError(undefined)
                setValues(next)
              }}
              problems={problems}
              isTried={isTried}
            />
          </div>
        </div>
      )}
    </Dialog>
  )
}

/** What is to be said of the kind stands above the form, as its field is not in it. */
function withoutMode(problem: ReturnType<typeof checkNetwork>[number]): Problem {
  if (problem.field !== 'mode') return problem
  const { severity, message } = problem
  return { severity, message }
}

/** What was typed and still makes sense goes along to another kind. */
function changedMode(mode: string, values: Values, context: NetworkContext): Values {
  const next: Values = { ...modeValues(mode, context), ...values, mode }
  return Object.fromEntries(
    Object.entries(next).filter(
      ([id, value]) => value !== undefined && (formKind.fields[id]?.when?.(next) ?? true),
    ),
  )
}

/** A name that was only proposed is proposed anew. */
function newOf(mode: string, values: Values, context: NetworkContext): Values {
  const proposed = networkDefaults(context, plain(values['mode']))['name']
  const changed = changedMode(mode, values, context)
  return values['name'] === proposed ? { ...changed, name: networkDefaults(context, mode)['name'] } : changed
}

function useLoaded(host: HostId, network: string | undefined): { loaded?: Loaded; error?: ErrorData } {
  const [state, setState] = useState<{ loaded?: Loaded; error?: ErrorData }>({})
  useEffect(() => {
    let isCurrent = true
    const read = async (): Promise<void> => {
      try {
        const [listed, choices, view]: [Listed<Network>, HostChoices | undefined, NetworkView | undefined] =
          await Promise.all([
            api.networks.list({ host }),
            // without what the host has the form still works
            api.hosts.choices({ host }).catch(() => undefined),
            network === undefined ? undefined : api.networks.view({ host, network }),
          ])
        const context = networkContext(listed.items, choices, network)
        if (isCurrent) setState({ loaded: { context, ...(view ? { view } : {}) } })
      } catch (reason) {
        if (isCurrent) setState({ error: errorData(reason) })
      }
    }
    void read()
    return () => {
      isCurrent = false
    }
  }, [host, network])
  return state
}
