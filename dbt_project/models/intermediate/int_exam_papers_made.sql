{#
    Each paper that somebody was listed for, and each sitting's `total`: full marks, cut-offs in marks. A sheet of
    papers decides; else what the score sheets state, if they agree. Full marks below a score are none: no rate
    is guessed from them.
#}

{% set lines = ['excellent', 'pass', 'low'] %}

with

described as (
    select * from {{ ref('stg_exam_papers') }}
),

groups as (
    select * from {{ ref('int_exam_groups_current') }}
),

exams as (
    select * from {{ ref('int_exams_dated') }}
),

sat as (
    select
        paper_id,
        count(case when status = 1 then 1 end) as takers,
        max(score) as best_score
    from {{ ref('int_exam_scores_current') }}
    group by paper_id
),

stated as (
    select
        paper_id,
        sitting_id,
        exam_code,
        grade,
        subject,
        count(distinct full_score) as full_scores,
        max(full_score) as full_score,
        {% for line in lines %}
        max({{ line }}_share) as {{ line }}_share,
        {% endfor %}
        arg_max(prior_exam_code, import_seq) filter (where prior_exam_code is not null) as prior_exam_code
    from groups
    group by paper_id, sitting_id, exam_code, grade, subject
),

known as (
    select
        stated.paper_id,
        stated.sitting_id,
        stated.exam_code,
        stated.grade,
        stated.subject,
        sat.takers,
        sat.best_score,
        coalesce(described.full_score, stated.full_score) as stated_full_score,
        case
            when described.full_score is null and stated.full_scores = 0 then 'missing'
            when described.full_score is null and stated.full_scores > 1 then 'contradicting'
            when sat.best_score > coalesce(described.full_score, stated.full_score) * (1 + 1e-9) then 'exceeded'
            when described.full_score is not null then 'described'
            else 'stated'
        end as full_score_status,
        {% for line in lines %}
        coalesce(described.{{ line }}_share, stated.{{ line }}_share) as {{ line }}_share,
        {% endfor %}
        coalesce(described.prior_exam_code, stated.prior_exam_code) as prior_exam_code
    from stated
    inner join sat on stated.paper_id = sat.paper_id
    left join described
        on stated.exam_code = described.exam_code
            and stated.grade = described.grade
            and stated.subject = described.subject
),

usable as (
    select
        *,
        case when full_score_status in ('described', 'stated') then stated_full_score end as full_score,
        max(paper_id) over () as last_paper
    from known
),

totals as (
    select
        cast(last_paper + sitting_id as integer) as paper_id,
        sitting_id,
        exam_code,
        grade,
        'total' as subject,
        case when bool_and(full_score is not null) then sum(full_score) end as full_score,
        case when bool_and(full_score is not null) then 'summed' else 'missing' end as full_score_status,
        cast(count(*) as integer) as paper_count,
        max(prior_exam_code) as prior_exam_code
    from usable
    where takers > 0
    group by sitting_id, exam_code, grade, last_paper
),

papers as (
    select * exclude (last_paper) from usable
    union all by name
    select * from totals
),

staged as (
    select
        papers.*,
        exams.exam_date,
        exams.school_year,
        papers.full_score * (1 - {{ parameter('test_tolerance', row='exams') }}) as least_full,
        case when papers.grade <= 6 then 'primary' when papers.grade <= 9 then 'junior' else 'senior' end as stage
    from papers
    inner join exams on papers.exam_code = exams.exam_code
),

cut as (
    select
        staged.* exclude (excellent_share, pass_share, low_share),
        coalesce(staged.excellent_share, cutoffs.excellent_share) as excellent_share,
        coalesce(staged.pass_share, cutoffs.pass_share) as pass_share,
        coalesce(staged.low_share, cutoffs.low_share) as low_share
    from staged
    left join {{ ref('exam_cutoffs') }} as cutoffs
        on cutoffs.subject in (staged.subject, '*')
            and cutoffs.stage in (staged.stage, '*')
            and coalesce(staged.exam_date, make_date(staged.school_year, 9, 1))
            between cutoffs.valid_from and cutoffs.valid_to
    qualify row_number() over (
            partition by staged.paper_id
            order by cutoffs.subject <> '*' desc, cutoffs.stage <> '*' desc, cutoffs.valid_from desc
        ) = 1
),

final as (
    select
        *,
        cast(dense_rank() over (order by exam_code, subject) as integer) as series_id,
        cast(dense_rank() over (order by exam_code) as integer) as exam_id,
        full_score * {{ parameter('exam_heaping_width', row='cut') }} as line_width,
        least_full * excellent_share as excellent_mark,
        least_full * pass_share as pass_mark,
        least_full * low_share as low_mark
    from cut
)

select * from final
