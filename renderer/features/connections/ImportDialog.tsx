import { useEffect, useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { AddedHosts, FoundHosts, ImportableHost } from '../../../shared/model/host-import'
import { api } from '../../api/client'
import { ErrorBox } from '../../components/ErrorBox'
import { closeDialog } from '../../stores/dialogs'
import { useHosts } from '../../stores/hosts'
import { Button } from '../../ui/Button'
import { Checkbox } from '../../ui/Checkbox'
import { ComboField } from '../../ui/ComboField'
import { Dialog } from '../../ui/Dialog'
import { Note } from '../../ui/Note'
import { Spinner } from '../../ui/Spinner'
import { HostIcon } from '../../ui/icons/objects'
import { groupNames } from './host-draft'
import { bySource, chosenAtFirst, importInputs, merged, sourceText, whyNotImported } from './import-choice'
import './import.css'

/** Takes over hosts that ssh, virt-manager and libvirt's own clients know. Nothing of theirs is changed. */
export function ImportDialog() {
  const [found, setFound] = useState<FoundHosts>()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [group, setGroup] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorData>()
  const [result, setResult] = useState<AddedHosts>()
  const byId = useHosts((state) => state.byId)

  useEffect(() => {
    api.hosts.findImports().then(
      (first) => {
        setFound(first)
        setChosen(chosenAtFirst(first.hosts))
      },
      (reason: unknown) => setError(errorData(reason)),
    )
  }, [])

  const chooseFile = async (): Promise<void> => {
    setError(undefined)
    try {
      const more = await api.hosts.chooseImportFile()
      if (!more) return
      setFound((before) => ({ hosts: merged(more.hosts, before?.hosts ?? []), notes: more.notes }))
      setChosen((before) => new Set([...before, ...chosenAtFirst(more.hosts)]))
    } catch (reason) {
      setError(errorData(reason))
    }
  }
  const inputs = importInputs(found?.hosts ?? [], chosen, group)
  const submit = async (): Promise<void> => {
    if (isBusy || inputs.length === 0) return
    setBusy(true)
    setError(undefined)
    try {
      const added = await api.hosts.addMany({ hosts: inputs })
      if (added.skipped.length === 0) closeDialog()
      else setResult(added)
    } catch (reason) {
      setError(errorData(reason))
    }
    setBusy(false)
  }
  if (result) return <ImportResult result={result} />
  return (
    <Dialog
      title="Import hosts"
      icon={HostIcon}
      width={620}
      onClose={closeDialog}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onPress={() => void chooseFile()}>Choose a file…</Button>
          <span className="import-gap" />
          <Button onPress={closeDialog}>Cancel</Button>
          <Button type="submit" variant="primary" isBusy={isBusy} isDisabled={inputs.length === 0}>
            {inputs.length === 1 ? 'Import one host' : `Import ${inputs.length} hosts`}
          </Button>
        </>
      }
    >
      <p>Hosts that other programs on this computer know. Their own lists stay as they are.</p>
      {error ? <ErrorBox error={error} title="Hosts could not be imported" /> : null}
      {found === undefined && !error ? (
        <p className="import-looking" role="status">
          <Spinner size={16} /> Looking for hosts…
        </p>
      ) : null}
      {bySource(found?.hosts ?? []).map(({ source, hosts }) => (
        <section key={source} className="import-source" aria-label={sourceText[source]}>
          <SourceHead title={sourceText[source]} hosts={hosts} chosen={chosen} onChange={setChosen} />
          <ul className="import-list">
            {hosts.map((host) => (
              <li key={host.uri}>
                <ImportRow host={host} chosen={chosen} onChange={setChosen} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {found?.hosts.length === 0 ? <p>No hosts were found.</p> : null}
      {found?.notes.map((note) => (
        <Note key={note} tone="info">
          {note}
        </Note>
      ))}
      {found && found.hosts.length > 0 ? (
        <ComboField
          label="Group (optional)"
          value={group}
          onChange={setGroup}
          options={groupNames(Object.values(byId))}
          placeholder="None"
        />
      ) : null}
    </Dialog>
  )
}

interface ChoiceProps {
  readonly chosen: ReadonlySet<string>
  readonly onChange: (chosen: ReadonlySet<string>) => void
}

function SourceHead({
  title,
  hosts,
  chosen,
  onChange,
}: ChoiceProps & { title: string; hosts: readonly ImportableHost[] }) {
  const possible = hosts.filter((host) => whyNotImported(host) === undefined).map(({ uri }) => uri)
  const isAll = possible.length > 0 && possible.every((uri) => chosen.has(uri))
  const toggle = (): void => {
    const next = new Set(chosen)
    for (const uri of possible)
      if (isAll) next.delete(uri)
      else next.add(uri)
    onChange(next)
  }
  return (
    <div className="import-head">
      <h3>{title}</h3>
      {possible.length > 1 ? (
        <Button variant="quiet" onPress={toggle}>
          {isAll ? 'Choose none' : 'Choose all'}
        </Button>
      ) : null}
    </div>
  )
}

function ImportRow({ host, chosen, onChange }: ChoiceProps & { host: ImportableHost }) {
  const why = whyNotImported(host)
  return (
    <Checkbox
      isSelected={why === undefined && chosen.has(host.uri)}
      isDisabled={why !== undefined}
      onChange={(isChosen) => {
        const next = new Set(chosen)
        if (isChosen) next.add(host.uri)
        else next.delete(host.uri)
        onChange(next)
      }}
    >
      <span className="import-row">
        <span className="truncate" title={host.label}>
          {host.label}
        </span>
        <span className="import-uri mono truncate" title={host.uri}>
          {host.uri}
        </span>
        {why === undefined ? null : <span className="import-why">{why}</span>}
      </span>
    </Checkbox>
  )
}

function ImportResult({ result: { added, skipped } }: { result: AddedHosts }) {
  return (
    <Dialog
      title="Import hosts"
      icon={HostIcon}
      width={560}
      onClose={closeDialog}
      footer={
        <Button variant="primary" onPress={closeDialog}>
          Done
        </Button>
      }
    >
      <p>
        {added.length === 1 ? 'One host was added.' : `${added.length} hosts were added.`} These were left
        out:
      </p>
      <ul className="import-list">
        {skipped.map(({ uri, error }) => (
          <li key={uri} className="import-row">
            <span className="mono truncate" title={uri}>
              {uri}
            </span>
            <span className="import-why">{error.message}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
