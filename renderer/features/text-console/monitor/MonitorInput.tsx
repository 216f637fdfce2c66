import { useRef, useState, type KeyboardEvent } from 'react'
import type { MonitorLanguage } from '../../../../shared/model/qemu-monitor'
import { Button } from '../../../ui/Button'
import type { CommandHistory } from './command-history'
import { complete, type MonitorWord } from './monitor-help'

interface Props {
  readonly language: MonitorLanguage
  readonly words: readonly MonitorWord[]
  readonly infos: readonly MonitorWord[]
  readonly history: CommandHistory
  readonly isBusy: boolean
  readonly onRun: (command: string) => void
}

/** More of them are found by typing another letter. */
const mostChoices = 24

export function MonitorInput({ language, words, infos, history, isBusy, onRun }: Props) {
  const [line, setLine] = useState('')
  const [choices, setChoices] = useState<readonly MonitorWord[]>([])
  const field = useRef<HTMLInputElement>(null)

  const submit = (): void => {
    const command = line.trim()
    if (command === '' || isBusy) return
    setLine('')
    setChoices([])
    onRun(command)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault()
      setLine(event.key === 'ArrowUp' ? history.older(line) : history.newer(line))
    } else if (event.key === 'Tab' && !event.shiftKey && line.trim() !== '') {
      const completed = complete(line, words, infos)
      // with nothing to complete it goes on to the next control, as everywhere
      if (completed.line === line && completed.choices.length === 0) return
      event.preventDefault()
      setLine(completed.line)
      setChoices(completed.choices)
    } else if (event.key === 'Escape' && choices.length > 0) {
      event.stopPropagation()
      setChoices([])
    }
  }
  return (
    <form
      className="monitor-input"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      {choices.length === 0 ? null : (
        <ul className="monitor-choices" aria-label="It could go on with">
          {choices.slice(0, mostChoices).map(({ word, meaning }) => (
            <li key={word}>
              <button
                type="button"
                className="monitor-choice"
                title={meaning}
                onClick={() => {
                  setLine(`${line.replace(/\S*$/, '')}${word} `)
                  setChoices([])
                  field.current?.focus()
                }}
              >
                {word}
              </button>
            </li>
          ))}
          {choices.length > mostChoices ? (
            <li className="secondary">and {choices.length - mostChoices} more</li>
          ) : null}
        </ul>
      )}
      <div className="monitor-line">
        <span className="mono monitor-prompt" aria-hidden="true">
          {language === 'hmp' ? '(qemu)' : '{ }'}
        </span>
        <input
          ref={field}
          className="input input-mono"
          aria-label={language === 'hmp' ? 'Command for QEMU' : 'QMP command for QEMU'}
          placeholder={language === 'hmp' ? 'info status' : '{"execute": "query-status"}'}
          spellCheck={false}
          autoComplete="off"
          value={line}
          onChange={({ target }) => {
            setLine(target.value)
            setChoices([])
          }}
          onKeyDown={onKeyDown}
        />
        <Button type="submit" variant="primary" isBusy={isBusy} keepsFocus>
          Run
        </Button>
      </div>
    </form>
  )
}
