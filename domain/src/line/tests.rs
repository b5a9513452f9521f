use super::*;

const MINUTE: Millis = 60_000;

fn rank(id: i64, arrived: Millis, class: Priority) -> Rank {
    Rank::on_arrival(TicketId(id), arrived, class, &Rules::default())
}

fn ordinary(id: i64) -> Rank {
    rank(id, id * MINUTE, Priority::None)
}

#[test]
fn of_one_millisecond_the_first_number_goes_first() {
    assert!(rank(1, 5, Priority::None) < rank(2, 5, Priority::None));
}

#[test]
fn a_class_stands_where_one_that_came_earlier_would() {
    let rules = Rules::default();
    let first = rank(1, 0, Priority::None);
    for class in Priority::ALL {
        let start = rules.head_start(class);
        assert!(start <= rules.longest_head_start());
        // Just inside the head start it passes, just outside it does not.
        if class != Priority::None {
            assert!(rank(2, start - 1, class) < first, "{class:?}");
        }
        assert!(first < rank(2, start, class), "{class:?}");
    }
}

#[test]
fn the_reinstated_go_behind_three_and_keep_their_order() {
    let line: Vec<Rank> = (1..=5).map(ordinary).collect();
    let one = on_reinstate(TicketId(8), 0, &line[..3], 3, 70);
    let two = on_reinstate(TicketId(9), 0, &line[..3], 3, 71);
    let mut all = line.clone();
    all.extend([two, one]);
    all.sort_unstable();
    assert_eq!(all, [line[0], line[1], line[2], one, two, line[3], line[4]]);
}

#[test]
fn where_fewer_wait_the_reinstated_go_behind_all() {
    let line = [ordinary(1), ordinary(2)];
    let back = on_reinstate(TicketId(8), 0, &line, 3, 70);
    assert!(line[1] < back);
    assert!(back < ordinary(3), "but before whoever comes after them");

    let alone = on_reinstate(TicketId(8), 90 * MINUTE, &[], 3, 70);
    assert_eq!(alone, rank(8, 90 * MINUTE, Priority::None), "as one who came just now");
    let first = on_reinstate(TicketId(8), 90 * MINUTE, &line, 0, 70);
    assert!(first < line[0], "a hall may ask for none");
}

#[test]
fn a_counter_takes_whoever_came_first_in_any_of_its_lines() {
    let head = |line: &str, id: i64| Head {
        line: LineId::from(line),
        ticket: TicketId(id),
        rank: ordinary(id),
    };
    let heads = [head("B", 4), head("A", 2), head("C", 3)];
    assert_eq!(next_of(&heads).map(|next| next.ticket), Some(TicketId(2)));
    assert_eq!(next_of(&[]), None);
}
