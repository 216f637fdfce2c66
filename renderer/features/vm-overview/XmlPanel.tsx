import { memo, useMemo, useState } from 'react'
import type { VmRef } from '../../../shared/model/ids'
import type { Vm } from '../../../shared/model/vm'
import { api } from '../../api/client'
import { ErrorBox } from '../../components/ErrorBox'
import { Button } from '../../ui/Button'
import { CopyButton } from '../../ui/CopyButton'
import { ChevronRightIcon } from '../../ui/icons/general'
import { Spinner } from '../../ui/Spinner'
import { useXml } from './use-overview'
import { xmlTokens } from './xml-tokens'

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
      {error ? <ErrorBox error={error} actions={<Button onPress={reload}>Try again</Button>} /> : null}
      {value === undefined ? (
        error ? null : (
          <p className="overview-loading">
            <Spinner /> Reading the definition…
          </p>
        )
      ) : (
        <div className="xml-box">
          <CopyButton label="Copy definition" copy={() => api.app.copyText({ text: value })} />
          <XmlText xml={value} />
        </div>
      )}
    </details>
  )
}

const XmlText = memo(function XmlText({ xml }: { xml: string }) {
  const tokens = useMemo(() => xmlTokens(xml), [xml])
  return (
    // Scrolls by keyboard too, hence the tab stop.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable
    <pre className="mono selectable" tabIndex={0} aria-label="Definition (XML)">
      {tokens.map(({ kind, text }, index) =>
        kind === 'text' ? (
          text
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text, replaced as a whole
          <span key={index} className={`xml-${kind}`}>
            {text}
          </span>
        ),
      )}
    </pre>
  )
})
