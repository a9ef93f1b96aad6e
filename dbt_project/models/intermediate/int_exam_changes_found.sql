{# A school's reading of a paper beside the same pupils' in the earlier exam: a grade lower for each year between. #}

with

schools as (
    select * from {{ ref('fct_exam_school') }}
),

papers as (
    select * from {{ ref('int_exam_papers_made') }}
),

exams as (
    select * from {{ ref('dim_exam') }}
),

final as (
    select
        today.*,
        papers.prior_exam_code,
        exams.exam_name || ' ' || today.grade || '年级' || replace(today.subject, 'total', '总分') as item_zh,
        concat_ws(', ', exams.exam_name, 'grade ' || today.grade, today.subject) as item_en,
        before.takers as takers_before,
        before.participation_rate as participation_before,
        before.z_mean as z_before
    from schools as today
    inner join exams on today.exam_code = exams.exam_code
    inner join papers
        on today.exam_code = papers.exam_code and today.grade = papers.grade and today.subject = papers.subject
    left join schools as before
        on papers.prior_exam_code = before.exam_code
            and today.school_code = before.school_code
            and today.subject = before.subject
            and today.grade - (today.school_year - before.school_year) = before.grade
)

select * from final
