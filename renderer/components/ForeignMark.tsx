import './template-mark.css'

/** Beside the name of a VM that runs here and that another program has started. */
export function ForeignMark() {
  return <span className="template-mark foreign-mark">Not managed by Innkeeper</span>
}
