import { lazy, Suspense, useState } from 'react'
import { definitionFile } from '../../../shared/model/definition-file'
import type { VmRef } from '../../../shared/model/ids'
import type { Vm } from '../../../shared/model/vm'
import { api } from '../../api/client'
import { ErrorBox } from '../../components/ErrorBox'
import { useHost } from '../../stores/hosts'
import { Button } from '../../ui/Button'
import { CopyButton } from '../../ui/CopyButton'
import { ChevronRightIcon } from '../../ui/icons/general'
import { Spinner } from '../../ui/Spinner'
import { useXml } from './use-overview'

// Bigger than the page around it, and most visitors leave the panel folded.
const XmlEditor = lazy(async () => ({ default: (await import('../../ui/xml-editor/XmlEditor')).XmlEditor }))

/** The definition as the host has it, for those who want to see what is behind the page. */
export function XmlPanel({ vm, record }: { vm: VmRef; record: Vm | undefined }) {
  const [isOpen, setOpen] = useState(false)
  const { value, error, reload } = useXml(vm, record, isOpen)
  return (
    <details
      className="overview-card overview-wide xml-panel"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        <ChevronRightIcon size={14} />
        <h2>Definition (XML)</h2>
        <span className="secondary">read-only, without secrets</span>
      </summary>
      {isOpen && record ? <Whereabouts record={record} /> : null}
      {error ? <ErrorBox error={error} actions={<Button onPress={reload}>Try again</Button>} /> : null}
      {value === undefined ? (
        error ? null : (
          <Reading />
        )
      ) : (
        <Suspense fallback={<Reading />}>
          <XmlEditor
            className="xml-box"
            label="Definition (XML)"
            value={value}
            isReadOnly
            actions={<CopyButton label="Copy definition" copy={() => api.app.copyText({ text: value })} />}
          />
        </Suspense>
      )}
    </details>
  )
}

/** For whoever looks for it on the host. */
function Whereabouts({ record }: { record: Vm }) {
  const status = useHost(record.host)?.status
  const path = status?.kind === 'connected' ? definitionFile(status.info, record.name) : undefined
  if (path === undefined || !record.isPersistent) return null
  return (
    <p className="secondary xml-whereabouts">
      Kept on the host as <span className="mono selectable">{path}</span>. Change it on the Hardware tab or
      with virsh edit, not in the file.
    </p>
  )
}

function Reading() {
  return (
    <p className="overview-loading">
      <Spinner /> Reading the definition…
    </p>
  )
}
