import { Label, Radio, RadioGroup } from 'react-aria-components'
import { Button, IconButton } from '../../ui/Button'
import { MoreIcon } from '../../ui/icons/general'
import { PauseIcon, PlayIcon } from '../../ui/icons/power'
import { MenuButton, type MenuEntry } from '../../ui/Menu'
import { exactTime, ranges, type Span, type TimeView } from './time-view'

interface Props {
  readonly view: TimeView
  readonly span: Span
  readonly onChange: (view: TimeView) => void
  readonly entries: readonly MenuEntry[]
}

/** Which time is shown, and what can be done with what is shown. */
export function PerformanceToolbar({ view, span, onChange, entries }: Props) {
  const { zooms, pausedAtMs, range } = view
  const live = { range, zooms: [] }
  return (
    <div className="perf-toolbar">
      <RadioGroup
        className="perf-ranges"
        orientation="horizontal"
        value={zooms.length > 0 ? '' : range}
        onChange={(id) => {
          const chosen = ranges.find((one) => one.id === id)
          if (chosen) onChange({ ...view, range: chosen.id, zooms: [] })
        }}
      >
        <Label className="visually-hidden">Time shown</Label>
        <div className="segments">
          {ranges.map(({ id, label }) => (
            <Radio key={id} value={id} className="segment">
              {label}
            </Radio>
          ))}
        </div>
      </RadioGroup>
      {pausedAtMs === undefined ? (
        <Button
          variant="quiet"
          icon={PauseIcon}
          onPress={() => onChange({ ...view, pausedAtMs: Date.now() })}
        >
          Hold charts
        </Button>
      ) : (
        <Button icon={PlayIcon} onPress={() => onChange(live)}>
          Go on
        </Button>
      )}
      {zooms.length > 0 ? (
        <>
          <Button variant="quiet" onPress={() => onChange({ ...view, zooms: zooms.slice(0, -1) })}>
            Zoom out
          </Button>
          <span className="secondary perf-span">
            {exactTime(span.fromMs)} to {exactTime(span.toMs)}
          </span>
        </>
      ) : (
        <span className="secondary perf-hint">Drag over a chart to zoom in.</span>
      )}
      <div className="perf-more">
        <MenuButton label="Charts" entries={entries}>
          <IconButton icon={MoreIcon} label="Export and limits" />
        </MenuButton>
      </div>
    </div>
  )
}
