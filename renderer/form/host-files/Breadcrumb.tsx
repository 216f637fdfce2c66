import { stepsTo } from './host-paths'

/** Where one is, each step a way back. */
export function Breadcrumb({
  path,
  onEnter,
}: {
  readonly path: string
  readonly onEnter: (path: string) => void
}) {
  const steps = stepsTo(path)
  return (
    <nav aria-label="Folder" className="hf-crumbs">
      <ol>
        {steps.map((step, at) => (
          <li key={step.path}>
            {at === steps.length - 1 ? (
              <span aria-current="page">{step.label}</span>
            ) : (
              <button type="button" onClick={() => onEnter(step.path)}>
                {step.label}
              </button>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}
