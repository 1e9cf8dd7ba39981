import { Component, type ReactNode } from 'react';
import { Failure } from './Feedback';

interface State {
  error: unknown;
}

/** The last resort for a fault of this page itself; React has written it to the console by then. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return (
      <main className="page">
        <h1>This page has failed</h1>
        <Failure
          what="It cannot be shown as it stands; nothing on the hub was changed by that."
          error={this.state.error}
        >
          <button type="button" className="button" onClick={() => window.location.reload()}>
            Load it again
          </button>
        </Failure>
      </main>
    );
  }
}
